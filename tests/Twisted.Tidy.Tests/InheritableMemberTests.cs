using System.Reflection;

namespace Twisted.Tidy.Tests;

/// <summary>
/// Inside a class the name of a member hides a type of the same name: with a property Factory no protocol could say
/// Factory.For(...). So no member of a class that users inherit has the name of a public type, unless it is of it.
/// </summary>
public class InheritableMemberTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    /// <summary>Settled otherwise, with the reason.</summary>
    private static readonly string[] Allowed =
    [
        // The event of chains outside any reactor is named as the reactor's own; Deferred is open for Deferred<T> only.
        "Twisted.Deferred.UnhandledFailure",
    ];

    [Fact]
    public void No_member_hides_a_public_type_from_those_who_inherit_it() =>
        Clean.Assert(Violations([.. ProductAssemblies.PublicTypes]).Except(Allowed));

    [Fact]
    public void An_exception_that_is_no_longer_needed_is_removed() =>
        Assert.Empty(Allowed.Except(Violations([.. ProductAssemblies.PublicTypes])));

    [Fact]
    public void A_hiding_member_of_any_kind_is_found() => Assert.Equal(
        ["Color", "Shade", "Shape", "Size", "Tint"],
        Violations([typeof(Painting), typeof(Color), typeof(Shape), typeof(Size), typeof(Shade), typeof(Tint)])
            .Select(violation => violation.Split('.', '+')[^1]).Order());

    private static IEnumerable<string> Violations(IReadOnlyCollection<Type> types)
    {
        var names = types.Select(ProductAssemblies.PlainName).ToHashSet();
        return from type in types
               where type is { IsClass: true, IsSealed: false }
               from member in type.GetMembers(Declared)
               where names.Contains(member.Name) && IsInherited(member) && !IsOfThatType(member)
               select $"{type.FullName}.{member.Name}";
    }

    private static bool IsInherited(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsInherited),
        EventInfo e => IsInherited(e.AddMethod!),
        _ => false, // a nested public type is one of the types itself
    };

    private static bool IsOfThatType(MemberInfo member)
    {
        Type? type = member switch
        {
            PropertyInfo property => property.PropertyType,
            FieldInfo field => field.FieldType,
            _ => null,
        };
        return type is not null && ProductAssemblies.PlainName(Nullable.GetUnderlyingType(type) ?? type) == member.Name;
    }

#pragma warning disable CA1034, CA1051, CA1070, CA1003, CA1024 // a class that does what the rule forbids
    public class Painting
    {
        protected static readonly int Tint = 1;
        public string Color => "";
        protected internal virtual int Shape() => 1;
        public event Action<string>? Size;
        public event EventHandler? Shade { add { } remove { } }
        public Canvas Canvas { get; } = new();
        private int Hidden => Size is null ? 0 : 1;
    }

    public class Canvas;
    public class Color;
    public class Shape;
    public class Size;
    public class Shade;
    public class Tint;
#pragma warning restore CA1034, CA1051, CA1070, CA1003, CA1024
}
