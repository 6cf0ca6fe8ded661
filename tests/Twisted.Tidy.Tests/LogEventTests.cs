using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Twisted.Tidy.Tests;

/// <summary>Operators filter logs by event id: each has one meaning in the whole product.</summary>
public class LogEventTests
{
    [Fact]
    public void Event_ids_are_unique() => Clean.Assert(Violations([.. Tree.Product]));

    [Fact]
    public void The_same_id_in_two_rooms_is_found()
    {
        SourceFile one = new("src/A/Log.cs", "class Log { [LoggerMessage(7, LogLevel.Error, \"a\")] void M() { } }");
        SourceFile two = new("src/B/Log.cs", "class Log { [LoggerMessage(Message = \"b\", EventId = 7)] M(); }");
        Assert.Equal("event id 7 is used by src/A/Log.cs:1 and src/B/Log.cs:1", Assert.Single(Violations([one, two])));
        Assert.Empty(Violations([one]));
    }

    [Theory]
    [InlineData("[LoggerMessage(LogLevel.Error, \"a\")]")]
    [InlineData("[LoggerMessage(Message = \"a\")]")]
    [InlineData("[LoggerMessageAttribute(Base + 1, LogLevel.Error, \"a\")]")]
    public void A_message_without_a_number_is_found(string attribute) =>
        Assert.EndsWith("write its event id as a number",
            Assert.Single(Violations([new("src/A/Log.cs", $"class Log {{ {attribute} void M() {{ }} }}")])),
            StringComparison.Ordinal);

    private static IEnumerable<string> Violations(IReadOnlyCollection<SourceFile> sources)
    {
        (string Place, int? Id)[] messages =
        [
            .. from source in sources
               from attribute in source.Nodes.OfType<AttributeSyntax>()
               where attribute.Name.ToString() is "LoggerMessage" or "LoggerMessageAttribute"
               select (source.At(attribute), EventId(attribute)),
        ];
        return messages.Where(message => message.Id is null)
            .Select(message => $"{message.Place}: write its event id as a number")
            .Concat(from message in messages
                    where message.Id is not null
                    group message.Place by message.Id into places
                    where places.Count() > 1
                    select $"event id {places.Key} is used by {string.Join(" and ", places)}");
    }

    private static int? EventId(AttributeSyntax attribute)
    {
        AttributeArgumentSyntax? argument = attribute.ArgumentList?.Arguments.FirstOrDefault(candidate =>
            candidate.NameEquals is null
                ? candidate.NameColon is null || candidate.NameColon.Name.Identifier.ValueText == "eventId"
                : candidate.NameEquals.Name.Identifier.ValueText == "EventId");
        return argument?.Expression is LiteralExpressionSyntax literal
            && literal.IsKind(SyntaxKind.NumericLiteralExpression)
            ? literal.Token.Value as int?
            : null;
    }
}
