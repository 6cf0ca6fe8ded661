using Twisted.Testing;

namespace Twisted.Tests.Framing;

public class SequentialProtocolTests
{
    [Fact]
    public void Pipelined_lines_are_answered_in_order_for_every_way_to_cut_the_stream()
    {
        EverySplit.Check("a\r\nbb\r\nccc\r\nquit\r\nd\r\n"u8.ToArray(), chunks =>
        {
            StringTransport transport = StringTransport.Connect(new ConversationProbe(Echo));
            foreach (byte[] chunk in chunks)
                transport.Receive(chunk);
            Assert.Equal("hello\r\n<a>\r\n<bb>\r\n<ccc>\r\nbye\r\n", transport.Text);
            Assert.True(transport.IsDisconnecting);
        }, pieces: 3);
    }

    [Fact]
    public void A_line_that_takes_its_time_holds_the_lines_behind_it_back()
    {
        var thoughts = new Queue<Deferred<string>>();
        StringTransport transport = StringTransport.Connect(new ConversationProbe(async p =>
        {
            while (await p.Line() is not null)
            {
                var thought = new Deferred<string>();
                thoughts.Enqueue(thought);
                p.Say(await thought);
            }
        }));
        transport.Receive("1\r\n2\r\n3\r\n");
        Assert.Single(thoughts);
        thoughts.Dequeue().Callback("one");
        thoughts.Dequeue().Callback("two");
        Assert.Equal("one\r\ntwo\r\n", transport.Text);
        Assert.Single(thoughts);
        thoughts.Dequeue().Callback("three");
        Assert.Equal("one\r\ntwo\r\nthree\r\n", transport.Text);
        Assert.False(transport.IsDisconnecting);
    }

    [Fact]
    public void A_long_row_of_lines_in_one_chunk_is_answered_without_recursion()
    {
        int count = 0;
        StringTransport transport = StringTransport.Connect(new ConversationProbe(async p =>
        {
            while (await p.Line() is not null)
                count++;
        }));
        transport.Receive(string.Concat(Enumerable.Repeat("x\r\n", 100_000)));
        Assert.Equal(100_000, count);
    }

    [Fact]
    public void Lines_and_exact_numbers_of_bytes_mix()
    {
        EverySplit.Check("5\r\nhello3\r\nabc0\r\n"u8.ToArray(), chunks =>
        {
            var bodies = new List<string>();
            StringTransport transport = StringTransport.Connect(new ConversationProbe(async p =>
            {
                while (await p.Line() is { } length)
                    bodies.Add(Bytes.Text(await p.Exactly(length[0] - '0')));
            }));
            foreach (byte[] chunk in chunks)
                transport.Receive(chunk);
            Assert.Equal(["hello", "abc", ""], bodies);
        });
    }

    [Fact]
    public void ReadSome_gives_all_that_is_there_and_nothing_at_the_end()
    {
        var pieces = new List<string>();
        StringTransport transport = StringTransport.Connect(new ConversationProbe(async p =>
        {
            byte[] piece;
            do
            {
                piece = await p.Some();
                pieces.Add(Bytes.Text(piece));
            }
            while (piece.Length > 0);
        }));
        transport.Receive("ab");
        transport.Receive("c");
        transport.Disconnect();
        Assert.Equal(["ab", "c", ""], pieces);
    }

    [Fact]
    public void A_lost_connection_makes_a_waiting_ReadLine_yield_null()
    {
        string? seen = "nothing yet";
        var probe = new ConversationProbe(async p => seen = await p.Line());
        StringTransport transport = StringTransport.Connect(probe);
        transport.Receive("half a line");
        transport.Disconnect(new ConnectionLostException());
        Assert.Null(seen);
    }

    [Fact]
    public void A_lost_connection_fails_ReadExactly_with_the_reason_and_that_is_no_unhandled_failure()
    {
        using var reported = new FailureLog();
        var reason = new ConnectionLostException();
        Exception? seen = null;
        StringTransport transport = StringTransport.Connect(new ConversationProbe(async p =>
        {
            try
            {
                await p.Exactly(10);
            }
            catch (ConnectionLostException e)
            {
                seen = e;
            }
            await p.Exactly(1); // what is there may still be read
            await p.Exactly(10); // not caught: the Run ends with it
        }));
        transport.Receive("12345");
        transport.Disconnect(reason);
        Assert.Same(reason, seen);
        Assert.Empty(reported.Failures);
    }

    [Fact]
    public void What_came_before_the_end_can_still_be_read()
    {
        var lines = new List<string>();
        var gate = new Deferred();
        StringTransport transport = StringTransport.Connect(new ConversationProbe(async p =>
        {
            await gate;
            while (await p.Line() is { } line)
                lines.Add(line);
        }));
        transport.Receive("a\r\nb\r\nhalf");
        transport.Disconnect();
        gate.Callback();
        Assert.Equal(["a", "b"], lines);
    }

    [Fact]
    public void The_end_of_Run_closes_the_connection()
    {
        StringTransport transport = StringTransport.Connect(new ConversationProbe(p =>
        {
            p.Say("go away");
            return Deferred.Succeed();
        }));
        Assert.Equal("go away\r\n", transport.Text);
        Assert.True(transport.IsDisconnecting);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_failure_of_Run_is_reported_and_closes_the_connection(bool atOnce)
    {
        using var reported = new FailureLog();
        StringTransport transport = StringTransport.Connect(new ConversationProbe(p =>
            atOnce ? throw new InvalidTimeZoneException() : FailAfterALine(p)));
        transport.Receive("x\r\n");
        Assert.IsType<InvalidTimeZoneException>(Assert.Single(reported.Failures));
        Assert.True(transport.IsDisconnecting);
    }

    [Fact]
    public void A_line_of_just_the_limit_passes_and_a_longer_one_closes_the_connection_without_a_report()
    {
        using var reported = new FailureLog();
        var lines = new List<string>();
        StringTransport transport = StringTransport.Connect(new ConversationProbe(async p =>
        {
            while (await p.Line(maxLength: 3) is { } line)
                lines.Add(line);
        }));
        transport.Receive("123\r\n");
        transport.Receive("456\r");
        transport.Receive("\n");
        transport.Receive("1234");
        Assert.False(transport.IsDisconnecting);
        transport.Receive("5");
        Assert.Equal(["123", "456"], lines);
        Assert.True(transport.IsDisconnecting);
        Assert.Empty(reported.Failures);
    }

    [Fact]
    public void The_failure_of_a_long_line_can_be_seen()
    {
        Exception? seen = null;
        StringTransport transport = StringTransport.Connect(new ConversationProbe(async p =>
        {
            try
            {
                await p.Line(maxLength: 3);
            }
            catch (InvalidDataException e)
            {
                seen = e;
            }
            Assert.Null(await p.Line());
        }));
        transport.Receive("1234\r\n");
        Assert.Contains("more than 3 bytes", seen!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_reads_at_a_time_are_an_error()
    {
        var probe = new ConversationProbe(_ => Deferred.Never());
        StringTransport transport = StringTransport.Connect(probe);
        Deferred<string?> first = probe.Line();
        Assert.Throws<InvalidOperationException>(() => probe.Some());
        transport.Receive("a\r\n");
        Assert.True(first.IsSettled);
    }

    [Fact]
    public void A_cancelled_read_makes_room_for_another_one()
    {
        var probe = new ConversationProbe(_ => Deferred.Never());
        StringTransport transport = StringTransport.Connect(probe);
        Deferred<string?> first = probe.Line();
        first.AddErrback<CancelledException>(_ => null);
        first.Cancel();
        string? seen = null;
        probe.Line().AddCallback(line => { seen = line; });
        transport.Receive("a\r\n");
        Assert.Equal("a", seen);
    }

    [Fact]
    public void A_peer_that_closes_its_side_gets_the_answers_to_what_it_has_sent()
    {
        var thoughts = new Queue<Deferred>();
        var probe = new ConversationProbe(async p =>
        {
            while (await p.Line() is { } line)
            {
                var thought = new Deferred();
                thoughts.Enqueue(thought);
                await thought;
                await p.Drained();
                p.Say(line);
            }
            p.Say("bye");
        });
        StringTransport transport = StringTransport.Connect(probe);
        transport.Receive("1\r\n2\r\nhalf a li");
        ((IHalfCloseableProtocol)probe).ReadConnectionLost();
        thoughts.Dequeue().Callback();
        Assert.False(transport.IsDisconnecting);
        thoughts.Dequeue().Callback();
        Assert.Equal("1\r\n2\r\nbye\r\n", transport.Text);
        Assert.True(transport.IsDisconnecting);
    }

    private static async Deferred Echo(ConversationProbe p)
    {
        p.Say("hello");
        while (await p.Line() is { } line)
        {
            if (line == "quit")
                break;
            p.Say($"<{line}>");
        }
        p.Say("bye");
    }

    private static async Deferred FailAfterALine(ConversationProbe p)
    {
        await p.Line();
        throw new InvalidTimeZoneException();
    }
}
