namespace Twisted.Tidy.Tests;

/// <summary>Types as C# writes them, with the question marks of nullable references.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    internal static string Of(Type type, NullableMarks? marks = null)
    {
        if (type.IsByRef)
            return Of(type.GetElementType()!, marks);
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            marks?.Next();
            return Of(underlying, marks) + "?";
        }
        bool hasMark = !type.IsPointer && (!type.IsValueType || type.IsGenericType);
        bool isNullable = hasMark && marks?.Next() == true;
        return isNullable ? Bare(type, marks) + "?" : Bare(type, marks);
    }

    private static string Bare(Type type, NullableMarks? marks)
    {
        if (Keywords.TryGetValue(type, out string? keyword))
            return keyword;
        if (type.IsArray)
            return $"{Of(type.GetElementType()!, marks)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsPointer)
            return Of(type.GetElementType()!, marks) + "*";
        return type.IsGenericParameter ? type.Name : Named(type, marks);
    }

    private static string Named(Type type, NullableMarks? marks)
    {
        Type[] arguments = type.GetGenericArguments();
        string[] texts = [.. arguments.Select(argument => Of(argument, marks))];
        if (IsTuple(type))
            return $"({string.Join(", ", texts)})";
        // a nested type repeats the arguments of the types around it
        int outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        string name = ProductAssemblies.PlainName(type);
        if (type.DeclaringType is { } declaring)
            name = $"{List(Of(declaring).Split('<')[0], texts[..outer])}.{name}";
        return List(name, texts[outer..]);
    }

    private static string List(string name, string[] arguments) =>
        arguments.Length == 0 ? name : $"{name}<{string.Join(", ", arguments)}>";

    private static bool IsTuple(Type type) =>
        type.IsGenericType
        && type.GetGenericTypeDefinition().FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal);
}
