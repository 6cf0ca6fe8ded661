using System.Reflection;
using System.Runtime.CompilerServices;

namespace Twisted.Tidy.Tests;

/// <summary>The public API of an assembly as text: sorted, one member a line, so that a change is a diff.</summary>
internal static class ApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    internal static string Of(Assembly assembly) => Of(assembly.GetExportedTypes());

    internal static string Of(IEnumerable<Type> types) => string.Concat(
        from type in types
        where !type.Name.Contains('<', StringComparison.Ordinal) // the compiler's holders of extension blocks
        orderby type.Namespace, TypeText.Of(type)
        select Of(type));

    private static string Of(Type type)
    {
        if (type.IsSubclassOf(typeof(Delegate)))
            return $"{Header(type, "delegate")}\n    {MemberText.Signature(type.GetMethod("Invoke")!, "Invoke")}\n\n";
        IEnumerable<string> members =
            from member in type.GetMembers(Declared)
            where member is not Type
            let text = MemberText.Of(member)
            where text is not null
            orderby SortKey(member), text
            select $"    {text}\n";
        return $"{Header(type, Kind(type))}{Bases(type)}{MemberText.Constraints(type.GetGenericArguments())}\n"
            + $"{string.Concat(members)}\n";
    }

    private static string SortKey(MemberInfo member) => member switch
    {
        FieldInfo { DeclaringType.IsEnum: true } value =>
            Convert.ToInt64(value.IsStatic ? value.GetRawConstantValue() : 0, null).ToString("D20", null),
        ConstructorInfo => "",
        _ => member.Name,
    };

    private static string Header(Type type, string kind) =>
        $"{MemberText.Marks(type)}{kind} {type.Namespace}.{TypeText.Of(type)}";

    private static string Kind(Type type)
    {
        if (type.IsInterface)
            return "interface";
        if (type.IsEnum)
            return type.IsDefined(typeof(FlagsAttribute)) ? "[Flags] enum" : "enum";
        if (type.IsValueType)
            return (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")
                + (type.IsByRefLike ? "ref " : "") + "struct";
        string kind = type.GetMethod("<Clone>$") is null ? "class" : "record";
        string modifier = (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => "static ",
            (true, false) => "abstract ",
            (false, true) => "sealed ",
            _ => "",
        };
        return modifier + kind;
    }

    private static string Bases(Type type)
    {
        if (type.IsEnum && Enum.GetUnderlyingType(type) is var number)
            return number == typeof(int) ? "" : $" : {TypeText.Of(number)}";
        Type? inherited = type.IsValueType || type.BaseType == typeof(object) ? null : type.BaseType;
        Type[] interfaces = type.GetInterfaces();
        var implied = interfaces.SelectMany(i => i.GetInterfaces()).ToHashSet();
        implied.UnionWith(inherited?.GetInterfaces() ?? []);
        string[] bases =
        [
            .. inherited is null ? Array.Empty<string>() : [TypeText.Of(inherited)],
            .. interfaces.Where(i => i.IsVisible && !implied.Contains(i)).Select(i => TypeText.Of(i))
                .Order(StringComparer.Ordinal),
        ];
        return bases.Length == 0 ? "" : $" : {string.Join(", ", bases)}";
    }
}
