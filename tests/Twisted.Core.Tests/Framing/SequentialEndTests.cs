using Twisted.Testing;

namespace Twisted.Tests.Framing;

/// <summary>Which end a SequentialProtocol tells when it has several, and what it keeps behind it.</summary>
public class SequentialEndTests
{
    private readonly ConversationProbe _probe = new(_ => Deferred.Never());
    private readonly StringTransport _transport;

    public SequentialEndTests() => _transport = StringTransport.Connect(_probe);

    private bool HasInput => ((IHoldsInput)_probe).HasInput;

    [Fact]
    public void What_waits_for_a_read_is_held_input()
    {
        Assert.False(HasInput);
        _transport.Receive("abc");
        Assert.True(HasInput);
    }

    [Fact]
    public void After_a_line_that_was_too_long_that_is_the_end_whatever_follows()
    {
        Deferred<string?> line = _probe.Line(3);
        _transport.Receive("abcdef");
        line.FailureResult<InvalidDataException>();
        Assert.False(HasInput);
        ((IHalfCloseableProtocol)_probe).ReadConnectionLost();
        _probe.Exactly(1).FailureResult<InvalidDataException>();
        _transport.Disconnect(new ConnectionLostException());
        _probe.Exactly(1).FailureResult<InvalidDataException>();
    }

    [Fact]
    public void After_half_a_close_that_is_the_end_also_when_a_line_was_too_long()
    {
        _transport.Receive("abcdef");
        ((IHalfCloseableProtocol)_probe).ReadConnectionLost();
        _probe.Line(3).FailureResult<InvalidDataException>();
        _probe.Exactly(1).FailureResult<ConnectionDoneException>();
    }

    [Fact]
    public void Half_a_close_ends_a_read_and_no_write()
    {
        Deferred<string?> line = _probe.Line();
        ((IHalfCloseableProtocol)_probe).ReadConnectionLost();
        Assert.Null(line.SuccessResult());
        _probe.Drained().SuccessResult();
        _transport.Disconnect(new ConnectionLostException());
        _probe.Drained().FailureResult<ConnectionDoneException>(); // the first end is the reason
    }

    [Fact]
    public void A_connection_that_is_lost_drains_nothing()
    {
        _probe.Drained().SuccessResult();
        _transport.Disconnect(new ConnectionLostException());
        _probe.Drained().FailureResult<ConnectionLostException>();
    }

    [Fact]
    public void What_nobody_will_read_is_dropped()
    {
        var gate = new Deferred();
        var probe = new ConversationProbe(async _ => await gate);
        StringTransport transport = StringTransport.Connect(probe);
        transport.Receive("abc");
        Assert.True(((IHoldsInput)probe).HasInput);
        gate.Callback();
        Assert.False(((IHoldsInput)probe).HasInput);
        ((IProtocol)probe).DataReceived("more"u8);
        Assert.False(((IHoldsInput)probe).HasInput);
    }
}
