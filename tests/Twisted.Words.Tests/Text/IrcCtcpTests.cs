namespace Twisted.Words.Tests;

public class IrcCtcpTests
{
    [Theory]
    [InlineData("plain", "plain", "")]
    [InlineData("\u0001VERSION\u0001", "", "VERSION:")]
    [InlineData("a\u0001PING 1 2\u0001b", "ab", "PING:1 2")]
    [InlineData("\u0001ACTION waves", "", "ACTION:waves")]
    [InlineData("\u0001A\u0001\u0001B\u0001", "", "A:|B:")]
    [InlineData("\u0001\u0001", "", "")]
    [InlineData("\u0001X \\a\\\\\u0001", "", "X:\u0001\\")]
    public void Queries_are_taken_out_of_the_text(string message, string text, string queries)
    {
        Assert.Equal(text, IrcCtcp.Extract(message, out var found));
        Assert.Equal(queries, string.Join('|', found.Select(query => $"{query.Tag}:{query.Data}")));
    }

    [Fact]
    public void One_message_holds_no_more_than_sixteen()
    {
        IrcCtcp.Extract(string.Concat(Enumerable.Repeat("\u0001X\u0001", 100)), out var found);
        Assert.Equal(16, found.Count);
    }

    [Fact]
    public void What_is_formatted_is_read_back()
    {
        IrcCtcp.Extract(IrcCtcp.Format("TAG", "a\\b\u0001 c"), out var found);
        Assert.Equal(("TAG", "a\\b\u0001 c"), Assert.Single(found));
        Assert.Throws<ArgumentException>(() => IrcCtcp.Format("A B"));
        Assert.Throws<ArgumentException>(() => IrcCtcp.Format(""));
    }

    [Theory]
    [InlineData("a\r\n\0\u0010b")]
    [InlineData("\u0010n")]
    public void Low_quoting_hides_line_ends_and_comes_back(string text)
    {
        string quoted = IrcCtcp.LowQuote(text);
        Assert.Equal(-1, quoted.AsSpan().IndexOfAny("\r\n\0"));
        Assert.Equal(text, IrcCtcp.LowDequote(quoted));
    }

    [Fact]
    public void A_quote_at_the_end_is_dropped() => Assert.Equal("az", IrcCtcp.LowDequote("a\u0010z\u0010"));
}
