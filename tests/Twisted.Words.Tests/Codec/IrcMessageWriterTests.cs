using System.Buffers;
using System.Text;

namespace Twisted.Words.Tests;

public class IrcMessageWriterTests
{
    [Theory]
    [InlineData("PING x\r\n", "PING", "x")]
    [InlineData("PRIVMSG #c :hello world\r\n", "PRIVMSG", "#c", "hello world")]
    [InlineData("TOPIC #c :\r\n", "TOPIC", "#c", "")]
    [InlineData("PRIVMSG #c ::-)\r\n", "PRIVMSG", "#c", ":-)")]
    [InlineData("AWAY\r\n", "AWAY")]
    public void A_message_is_written_with_its_line_end(string line, string command, params string[] parameters) =>
        Assert.Equal(line, Written(writer => IrcMessageWriter.Write(writer, command, parameters)));

    [Fact]
    public void Tags_and_prefix_come_first() => Assert.Equal(
        "@a=1 :server 001 me\r\n", Written(writer => IrcMessageWriter.Write(writer, "a=1", "server", "001", "me")));

    [Theory]
    [InlineData("PRIV MSG", "a")]
    [InlineData("", "a")]
    [InlineData(":x", "a")]
    [InlineData("@x", "a")]
    [InlineData("CMD", "", "last")]
    [InlineData("CMD", "a b", "last")]
    [InlineData("CMD", ":a", "last")]
    public void What_would_be_read_otherwise_is_refused(string command, params string[] parameters) =>
        AssertRefused(command, parameters);

    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\0")]
    public void A_line_end_is_refused_wherever_it_stands(string end)
    {
        AssertRefused("CMD" + end, "a");
        AssertRefused("CMD", "a" + end, "b");
        AssertRefused("CMD", "a", end + "b");
        AssertRefused("CMD", "a", "b" + end);
    }

    [Fact]
    public void The_limit_counts_bytes()
    {
        const int Room = 512 - 2 - 5; // "CMD :" and the line end
        Assert.Equal(512, Encoding.UTF8.GetByteCount(
            Written(writer => IrcMessageWriter.Write(writer, "CMD", " " + new string('x', Room - 1)))));
        AssertRefused("CMD", " " + new string('x', Room));
        AssertRefused("CMD", " " + new string('é', (Room / 2) + 1));
    }

    [Fact]
    public void Tags_have_a_limit_of_their_own()
    {
        string longest = new('x', IrcLimits.ServerTags - 2);
        Assert.Equal(8191 + 6, Written(writer => IrcMessageWriter.Write(writer, longest, "", "PING")).Length);
        Assert.Throws<ArgumentException>(() =>
            IrcMessageWriter.Write(new ArrayBufferWriter<byte>(), longest + "x", "", "PING"));
    }

    private static void AssertRefused(string command, params string[] parameters)
    {
        var writer = new ArrayBufferWriter<byte>();
        Assert.ThrowsAny<ArgumentException>(() => IrcMessageWriter.Write(writer, command, parameters));
        Assert.Equal(0, writer.WrittenCount);
    }

    private static string Written(Action<IBufferWriter<byte>> write)
    {
        var writer = new ArrayBufferWriter<byte>();
        write(writer);
        return Encoding.UTF8.GetString(writer.WrittenSpan);
    }
}
