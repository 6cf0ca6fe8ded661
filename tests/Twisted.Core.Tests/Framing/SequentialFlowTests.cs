using Twisted.Testing;

namespace Twisted.Tests.Framing;

/// <summary>Back-pressure of a SequentialProtocol, in both directions.</summary>
public class SequentialFlowTests
{
    [Fact]
    public void The_transport_is_paused_while_much_waits_and_nobody_reads()
    {
        var gate = new Deferred();
        int count = 0;
        var probe = new ConversationProbe(async p =>
        {
            await gate;
            while (await p.Line() is not null)
                count++;
        })
        { Ahead = 10 };
        StringTransport transport = StringTransport.Connect(probe);
        transport.Receive("12345678\r\n");
        Assert.False(transport.IsPaused);
        transport.Receive("1\r\n");
        Assert.True(transport.IsPaused);
        transport.Receive("2\r\n3\r\n");
        gate.Callback();
        Assert.False(transport.IsPaused);
        Assert.Equal(4, count);
    }

    [Fact]
    public void Who_waits_for_more_than_the_limit_gets_it()
    {
        var probe = new ConversationProbe(_ => Deferred.Never()) { Ahead = 10 };
        StringTransport transport = StringTransport.Connect(probe);
        transport.Receive(new string('x', 15));
        Assert.True(transport.IsPaused);
        Deferred<byte[]> read = probe.Exactly(40);
        Assert.False(transport.IsPaused);
        transport.Receive(new string('x', 15));
        transport.Receive(new string('x', 15));
        Assert.True(read.IsSettled);
        Assert.False(transport.IsPaused);
    }

    [Fact]
    public void Drain_waits_for_a_peer_that_does_not_read_and_only_then()
    {
        var probe = new ConversationProbe(_ => Deferred.Never());
        StringTransport transport = StringTransport.Connect(probe);
        Assert.True(probe.Drained().IsSettled);
        Assert.Null(transport.Producer);

        probe.Say(new string('x', 70_000));
        Deferred drained = probe.Drained();
        Assert.False(drained.IsSettled);
        transport.Clear();
        Assert.True(drained.IsSettled);
        Assert.Null(transport.Producer);
    }

    [Fact]
    public void A_lost_connection_fails_Drain_with_the_reason()
    {
        using var reported = new FailureLog();
        bool hasEnded = false;
        var probe = new ConversationProbe(async p =>
        {
            try
            {
                while (true)
                {
                    p.Say(new string('x', 10_000));
                    await p.Drained();
                }
            }
            finally
            {
                hasEnded = true;
            }
        });
        StringTransport transport = StringTransport.Connect(probe);
        Assert.Equal(7 * 10_002, transport.Value().Length); // above 64 KiB it waits
        Assert.False(hasEnded);
        transport.Disconnect();
        Assert.True(hasEnded);
        Assert.Empty(reported.Failures);
        Assert.True(probe.Drained().IsSettled);
    }

    [Fact]
    public void A_cancelled_Drain_leaves_the_transport_free()
    {
        var probe = new ConversationProbe(_ => Deferred.Never());
        StringTransport transport = StringTransport.Connect(probe);
        probe.Say(new string('x', 70_000));
        Deferred drained = probe.Drained();
        drained.AddErrback<CancelledException>(_ => { });
        drained.Cancel();
        Assert.Null(transport.Producer);
    }
}
