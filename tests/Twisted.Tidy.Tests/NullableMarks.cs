using System.Reflection;

namespace Twisted.Tidy.Tests;

/// <summary>
/// The question marks of a declaration, as the compiler stores them: one byte for each place in a type that can have
/// one, outside in. (The BCL's reader of them cannot tell T from T?.)
/// </summary>
internal sealed class NullableMarks
{
    private const byte Annotated = 2;

    private readonly byte[] _marks;
    private int _next;

    private NullableMarks(byte[] marks) => _marks = marks;

    /// <summary>The marks of a parameter or a return value.</summary>
    internal static NullableMarks Of(ParameterInfo parameter) =>
        new(Stored(parameter.GetCustomAttributesData()) ?? [Context(parameter.Member)]);

    /// <summary>The marks of a property, field or event.</summary>
    internal static NullableMarks Of(MemberInfo member) =>
        new(Stored(member.GetCustomAttributesData()) ?? [Context(member)]);

    /// <summary>Whether the next place has a question mark. One stored byte speaks for all places.</summary>
    internal bool Next() => (_marks.Length == 1 ? _marks[0] : _marks[_next++]) == Annotated;

    private static byte[]? Stored(IEnumerable<CustomAttributeData> attributes) =>
        Argument(attributes, "NullableAttribute") switch
        {
            byte one => [one],
            IEnumerable<CustomAttributeTypedArgument> many => [.. many.Select(mark => (byte)mark.Value!)],
            _ => null,
        };

    /// <summary>What holds where nothing is stored: said once, at the method or a type around it.</summary>
    private static byte Context(MemberInfo? member)
    {
        for (; member is not null; member = member.DeclaringType)
        {
            if (Argument(member.GetCustomAttributesData(), "NullableContextAttribute") is byte context)
                return context;
        }
        return 0;
    }

    private static object? Argument(IEnumerable<CustomAttributeData> attributes, string name) =>
        attributes.FirstOrDefault(attribute => attribute.AttributeType.Name == name)?.ConstructorArguments[0].Value;
}
