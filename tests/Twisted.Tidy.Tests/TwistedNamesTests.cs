using System.Reflection;
using System.Text.RegularExpressions;

namespace Twisted.Tidy.Tests;

/// <summary>The table of names for those who come from Twisted: what it promises exists.</summary>
public partial class TwistedNamesTests
{
    private const string Document = "docs/twisted-names.md";

    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    [Fact]
    public void Every_name_of_ours_in_the_table_exists() => Clean.Assert(
        from row in Rows(Tree.Read(Document))
        where !Exists(row.Name)
        select $"{Document}:{row.Line}: there is no {row.Name}");

    [Fact]
    public void The_table_is_read() => Assert.InRange(Rows(Tree.Read(Document)).Count(), 200, 2000);

    [Theory]
    [InlineData("Factory.NumPorts")]
    [InlineData("Deferred.AddTimeout")] // an extension
    [InlineData("IReactorTime.DeferLater")] // an extension block
    [InlineData("EndPoint.Host")] // an extension property of a class of .NET
    [InlineData("IReactor.CallLater")] // of a base interface
    [InlineData("DeferredQueue<T>.Put")]
    [InlineData("Protocol.WhileConnected")] // protected
    public void A_name_is_found(string name) => Assert.True(Exists(name));

    [Theory]
    [InlineData("Factories")]
    [InlineData("Factory.Numports")]
    [InlineData("EndPoint.Hosts")]
    [InlineData("Protocol._transport")]
    [InlineData("ReactorBase")] // internal
    public void A_name_that_is_not_there_is_missed(string name) => Assert.False(Exists(name));

    /// <summary>In the second column, what stands in backticks and begins like a type of ours.</summary>
    private static IEnumerable<(int Line, string Name)> Rows(string text) =>
        from line in text.Split('\n').Index()
        let cells = line.Item.Split('|')
        where cells.Length == 5
        from Match name in Quoted().Matches(cells[2])
        select (line.Index + 1, name.Groups[1].Value);

    private static bool Exists(string name)
    {
        string[] parts = Generic().Replace(name, "").Split('.');
        Type[] types = [.. ProductAssemblies.PublicTypes.Where(type => ProductAssemblies.PlainName(type) == parts[0])];
        return parts.Length == 1
            ? types.Length > 0
            : types.Any(type => Has(type, parts[1])) || HasExtension(parts[0], parts[1]);
    }

    private static bool Has(Type type, string member) =>
        type.GetInterfaces().Prepend(type).SelectMany(one => one.GetMember(member, Everything)).Any(IsVisible);

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        EventInfo { AddMethod: { } add } => IsVisible(add),
        FieldInfo field => field.IsPublic,
        _ => false,
    };

    private static bool HasExtension(string type, string member) =>
        ProductAssemblies.PublicTypes.Where(holder => holder.IsAbstract && holder.IsSealed)
            .SelectMany(holder => holder.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Any(method => (method.Name == member || method.Name == "get_" + member)
                && method.GetParameters() is [var self, ..]
                && ProductAssemblies.PlainName(self.ParameterType) == type);

    [GeneratedRegex(@"`([A-Z]\w*(<\w+>)?(\.\w+)?)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("<.*?>")]
    private static partial Regex Generic();
}
