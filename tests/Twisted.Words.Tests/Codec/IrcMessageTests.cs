using System.Text;

namespace Twisted.Words.Tests;

public class IrcMessageTests
{
    [Theory]
    [InlineData("PING", "", "PING", "")]
    [InlineData(":n!u@h PRIVMSG #c :hello world", "n!u@h", "PRIVMSG", "#c|hello world")]
    [InlineData("CMD a  b   c", "", "CMD", "a|b|c")]
    [InlineData("CMD :", "", "CMD", "")]
    [InlineData("CMD a:b :c", "", "CMD", "a:b|c")]
    [InlineData("  PING x ", "", "PING", "x")]
    [InlineData(": CMD", "", "CMD", "")]
    [InlineData(":p  CMD :t1 :t2", "p", "CMD", "t1 :t2")]
    [InlineData("@a=1;b :p CMD x", "p", "CMD", "x")]
    [InlineData("CMD #a\u00a0b", "", "CMD", "#a\u00a0b")]
    public void A_line_is_cut_into_its_parts(string line, string prefix, string command, string parameters)
    {
        Assert.True(IrcMessage.TryParse(Encoding.UTF8.GetBytes(line), out IrcMessage message));
        Assert.Equal(prefix, Text(message.Prefix));
        Assert.Equal(command, Text(message.Command));
        Assert.Equal(parameters, Joined(message));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(":prefix")]
    [InlineData(":prefix ")]
    [InlineData("@tags")]
    [InlineData("@tags :prefix")]
    [InlineData(" :trailing only")]
    public void A_line_without_a_command_is_refused(string line) =>
        Assert.False(IrcMessage.TryParse(Encoding.UTF8.GetBytes(line), out _));

    [Fact]
    public void A_parameter_that_is_not_there_is_empty()
    {
        Assert.True(IrcMessage.TryParse("QUIT"u8, out IrcMessage message));
        Assert.Equal(0, message.Parameters.Count);
        Assert.True(message.Parameters[0].IsEmpty);
        Assert.True(message.Parameters[-1].IsEmpty);
        Assert.True(message.Parameters.Last.IsEmpty);
    }

    [Fact]
    public void An_empty_last_parameter_is_counted()
    {
        Assert.True(IrcMessage.TryParse("AWAY :"u8, out IrcMessage message));
        Assert.Equal(1, message.Parameters.Count);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        byte[] line = Encoding.UTF8.GetBytes("@time=x;account=y :nick!user@host PRIVMSG #channel :hello world");
        int sum = Read(line, 100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        sum += Read(line, 10_000);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(10_100 * 2, sum);
    }

    [Theory]
    [InlineData("time", "12")]
    [InlineData("empty", "")]
    [InlineData("none", "")]
    [InlineData("+draft/reply", "a; b\\c\r\n")]
    [InlineData("twice", "2")]
    [InlineData("absent", null)]
    [InlineData("tim", null)]
    public void A_tag_is_found_and_unescaped(string key, string? value)
    {
        const string Line = @"@time=12;empty=;none;+draft/reply=a\:\sb\\c\r\n;twice=1;twice=2 PING";
        Assert.True(IrcMessage.TryParse(Encoding.UTF8.GetBytes(Line), out IrcMessage message));
        Assert.Equal(value, message.Tags[Encoding.UTF8.GetBytes(key)]);
    }

    [Theory]
    [InlineData(@"a\bc\", "abc")]
    [InlineData(@"\", "")]
    public void A_backslash_before_any_other_character_is_dropped(string value, string text) =>
        Assert.Equal(text, IrcTags.Unescape(value));

    [Theory]
    [InlineData("a; b\\c\r\n")]
    [InlineData(@"\:\s")]
    public void Escaping_and_back_gives_the_same(string text) =>
        Assert.Equal(text, IrcTags.Unescape(IrcTags.Escape(text)));

    [Fact]
    public void Bytes_that_are_not_UTF8_are_read_by_the_fallback()
    {
        Assert.Equal("é", IrcEncoding.Decode("é"u8));
        Assert.Equal("é", IrcEncoding.Decode([0xe9]));
        Assert.Equal("?", IrcEncoding.Decode([0xe9], Encoding.ASCII).Replace('\ufffd', '?'));
    }

    private static int Read(byte[] line, int times)
    {
        int sum = 0;
        for (int i = 0; i < times; i++)
        {
            if (IrcMessage.TryParse(line, out IrcMessage message))
                sum += message.Parameters.Count;
        }
        return sum;
    }

    private static string Joined(IrcMessage message)
    {
        var all = new List<string>();
        foreach (ReadOnlySpan<byte> parameter in message.Parameters)
            all.Add(Text(parameter));
        return string.Join('|', all);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
