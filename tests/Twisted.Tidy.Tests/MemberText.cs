using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Twisted.Tidy.Tests;

/// <summary>Members as C# declares them, one line each.</summary>
internal static class MemberText
{
    /// <summary>Null when it is not part of the public API.</summary>
    internal static string? Of(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when IsVisible(constructor) => Constructor(constructor),
        MethodInfo method when IsVisible(method) && !IsAccessor(method) && !IsGenerated(method) => Method(method),
        PropertyInfo property when Accessors(property) is [var first, ..] => Property(property, first),
        EventInfo { AddMethod: { } add } e when IsVisible(add) =>
            $"{Modifiers(add)}event {TypeText.Of(e.EventHandlerType!, NullableMarks.Of(e))} {e.Name}",
        FieldInfo { DeclaringType.IsEnum: true } field =>
            field.IsStatic ? $"{field.Name} = {Constant(field.GetRawConstantValue(), typeof(long))}" : null,
        FieldInfo { IsPublic: true } or FieldInfo { IsFamily: true } => Field((FieldInfo)member),
        _ => null,
    };

    /// <summary><c>Result Name(parameters)</c>; the name may be another one, with type parameters.</summary>
    internal static string Signature(MethodInfo method, string name) =>
        $"{Passing(method.ReturnParameter)}{TypeText.Of(method.ReturnType, NullableMarks.Of(method.ReturnParameter))} "
            + $"{name}({Parameters(method)})";

    /// <summary>What follows a generic type or method: <c>where T : class</c>.</summary>
    internal static string Constraints(Type[] parameters) => string.Concat(
        from parameter in parameters
        where parameter.IsGenericParameter
        let parts = Constraint(parameter).ToList()
        where parts.Count > 0
        select $" where {parameter.Name} : {string.Join(", ", parts)}");

    /// <summary>The attributes that change how a member is used.</summary>
    internal static string Marks(MemberInfo member)
    {
        string marks = "";
        bool isForOldCompilers = member.IsDefined(typeof(CompilerFeatureRequiredAttribute), inherit: false);
        if (member.GetCustomAttribute<ObsoleteAttribute>() is { } obsolete && !isForOldCompilers)
            marks += obsolete.IsError ? "[Obsolete(error)] " : "[Obsolete] ";
        if (member.GetCustomAttribute<OverloadResolutionPriorityAttribute>() is { } priority)
            marks += $"[OverloadResolutionPriority({priority.Priority})] ";
        return marks;
    }

    private static string Constructor(ConstructorInfo constructor) =>
        $"{Marks(constructor)}{Modifiers(constructor)}{ProductAssemblies.PlainName(constructor.DeclaringType!)}"
            + $"({Parameters(constructor)})";

    private static string Method(MethodInfo method)
    {
        Type[] generic = method.GetGenericArguments();
        string name = generic.Length == 0
            ? method.Name
            : $"{method.Name}<{string.Join(", ", generic.Select(type => type.Name))}>";
        return Marks(method) + Modifiers(method) + Signature(method, name) + Constraints(generic);
    }

    private static string Property(PropertyInfo property, MethodInfo first)
    {
        string access = Access(first);
        IEnumerable<string> accessors = Accessors(property).Select(accessor =>
            (Access(accessor) == access ? "" : Access(accessor)) + AccessorKind(property, accessor));
        ParameterInfo[] indices = property.GetIndexParameters();
        string name = indices.Length == 0 ? property.Name : $"this[{string.Join(", ", indices.Select(Parameter))}]";
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        string type = TypeText.Of(property.PropertyType, NullableMarks.Of(property));
        return $"{Marks(property)}{Modifiers(first)}{required}{type} {name} {{ {string.Concat(accessors)}}}";
    }

    private static string AccessorKind(PropertyInfo property, MethodInfo accessor)
    {
        if (accessor != property.SetMethod)
            return "get; ";
        return accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
            ? "init; "
            : "set; ";
    }

    private static string Field(FieldInfo field)
    {
        string access = field.IsPublic ? "public " : "protected ";
        string kind = field.IsLiteral
            ? "const "
            : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        string value = field.IsLiteral ? " = " + Constant(field.GetRawConstantValue(), field.FieldType) : "";
        return $"{access}{kind}{TypeText.Of(field.FieldType, NullableMarks.Of(field))} {field.Name}{value}";
    }

    private static string Parameters(MethodBase method)
    {
        string parameters = string.Join(", ", method.GetParameters().Select(Parameter));
        return method.IsDefined(typeof(ExtensionAttribute)) ? "this " + parameters : parameters;
    }

    private static string Parameter(ParameterInfo parameter)
    {
        string type = TypeText.Of(parameter.ParameterType, NullableMarks.Of(parameter));
        string value = parameter.HasDefaultValue
            ? " = " + Constant(parameter.DefaultValue, parameter.ParameterType)
            : "";
        return $"{Passing(parameter)}{type} {parameter.Name}{value}";
    }

    private static string Passing(ParameterInfo parameter)
    {
        if (parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)))
            return "params ";
        if (!parameter.ParameterType.IsByRef)
            return "";
        bool isReturned = parameter.Position < 0;
        bool isReadOnly = parameter.IsIn || parameter.GetRequiredCustomModifiers().Length > 0;
        if (isReadOnly)
            return isReturned ? "ref readonly " : "in ";
        return parameter.IsOut ? "out " : "ref ";
    }

    private static IEnumerable<string> Constraint(Type parameter)
    {
        GenericParameterAttributes special = parameter.GenericParameterAttributes;
        bool isStruct = special.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        if (isStruct)
            yield return "struct";
        if (special.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            yield return "class";
        foreach (Type type in parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)))
            yield return TypeText.Of(type);
        if (!isStruct && special.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
            yield return "new()";
        if (special.HasFlag(GenericParameterAttributes.AllowByRefLike))
            yield return "allows ref struct";
    }

    private static string Constant(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        char c => $"'{c}'",
        bool truth => truth ? "true" : "false",
        Enum named => string.Join(" | ", $"{named}".Split(", ").Select(name => $"{named.GetType().Name}.{name}")),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Modifiers(MethodBase method)
    {
        if (method.DeclaringType!.IsInterface)
            return method.IsStatic ? "static " : "";
        string access = Access(method);
        if (method.IsStatic)
            return access + "static ";
        if (method is MethodInfo info && info.GetBaseDefinition().DeclaringType != info.DeclaringType)
            return access + (method.IsFinal ? "sealed " : method.IsAbstract ? "abstract " : "") + "override ";
        if (!method.IsVirtual || method.IsFinal) // final without override: it only implements an interface
            return access;
        return access + (method.IsAbstract ? "abstract " : "virtual ");
    }

    private static string Access(MethodBase method) =>
        method.DeclaringType!.IsInterface ? "" : method.IsPublic ? "public " : "protected ";

    private static MethodInfo[] Accessors(PropertyInfo property) =>
        IsGenerated(property) ? [] : [.. property.GetAccessors(nonPublic: true).Where(IsVisible)];

    /// <summary>The accessors of an extension property are plain methods here, and all that is seen of it.</summary>
    private static bool IsAccessor(MethodInfo method)
    {
        const BindingFlags Any =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        return method.IsSpecialName
            && (method.DeclaringType!.GetProperties(Any).Any(p => p.GetAccessors(true).Contains(method))
                || method.DeclaringType.GetEvents(Any).Any(e => e.AddMethod == method || e.RemoveMethod == method));
    }

    /// <summary>What the compiler adds to a record says nothing of its own.</summary>
    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || member.Name.Contains('<', StringComparison.Ordinal);

    private static bool IsVisible(MethodBase method) =>
        method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);
}
