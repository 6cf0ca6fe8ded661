using Twisted.Testing;

namespace Twisted.Tests.Framing;

/// <summary>RELIABILITY R3: no method that takes a line lets a peer read two.</summary>
public class SendLineTests
{
    public static TheoryData<string> Forbidden()
    {
        var lines = new TheoryData<string>();
        foreach (string bad in new[] { "\0", "\r", "\n", "\r\n" })
        {
            foreach (string line in new[] { bad + "ab", "a" + bad + "b", "ab" + bad, bad })
                lines.Add(line);
        }
        return lines;
    }

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void A_line_with_CR_LF_or_NUL_is_refused_and_nothing_is_written(string line)
    {
        foreach ((StringTransport transport, Action<string> text, Action<byte[]> bytes) in Senders())
        {
            Assert.Throws<ArgumentException>(() => text(line));
            Assert.Throws<ArgumentException>(() => bytes(Bytes.Of(line)));
            Assert.Empty(transport.Value());
        }
    }

    [Fact]
    public void Other_lines_are_written_with_the_delimiter()
    {
        foreach ((StringTransport transport, Action<string> text, Action<byte[]> bytes) in Senders())
        {
            text("héllo\t\u0001\u007f");
            bytes([0xff, 0x80]);
            text("");
            Assert.Equal([.. "héllo\t\u0001\u007f\r\n"u8, 0xff, 0x80, 13, 10, 13, 10], transport.Value());
        }
    }

    [Fact]
    public void A_line_with_its_own_delimiter_in_it_is_refused()
    {
        var probe = new LineProbe { Ends = "::"u8.ToArray() };
        StringTransport transport = StringTransport.Connect(probe);
        Assert.Throws<ArgumentException>(() => probe.SendLine("a::b"));
        Assert.Throws<ArgumentException>(() => probe.SendLine("a::b"u8));
        Assert.Empty(transport.Value());
        probe.SendLine("a:b");
        Assert.Equal("a:b::", transport.Text);
    }

    [Fact]
    public void The_error_says_which_byte_and_where()
    {
        var probe = new LineProbe();
        StringTransport.Connect(probe);
        var failure = Assert.Throws<ArgumentException>(() => probe.SendLine("ab\ncd"));
        Assert.Contains("0x0a (at 2)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_for_a_connection_that_is_gone_are_dropped()
    {
        var probe = new LineProbe();
        StringTransport transport = StringTransport.Connect(probe);
        transport.Disconnect();
        probe.SendLine("late");
        Assert.Empty(transport.Value());
    }

    private static IEnumerable<(StringTransport, Action<string>, Action<byte[]>)> Senders()
    {
        var lines = new LineProbe();
        yield return (StringTransport.Connect(lines), lines.SendLine, line => lines.SendLine(line));
        var only = new LineOnlyProbe();
        yield return (StringTransport.Connect(only), only.SendLine, line => only.SendLine(line));
        var sequential = new ConversationProbe(_ => Deferred.Never());
        yield return (StringTransport.Connect(sequential), sequential.Say, line => sequential.Say(line));
    }
}
