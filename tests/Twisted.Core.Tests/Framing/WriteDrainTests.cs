using Twisted.Testing;

namespace Twisted.Tests.Framing;

/// <summary>One wait for a slow peer.</summary>
public class WriteDrainTests
{
    private readonly StringTransport _transport = StringTransport.Connect(new LineProbe());
    private int _ended;

    private WriteDrain Full()
    {
        _transport.Write(new byte[70_000]);
        var drain = new WriteDrain(_transport, () => _ended++);
        Assert.True(drain.Begin());
        return drain;
    }

    [Fact]
    public void It_ends_when_the_peer_has_taken_everything()
    {
        WriteDrain drain = Full();
        Assert.Equal(0, _ended);
        _transport.Clear();
        Assert.True(drain.Done.IsFired);
        Assert.Equal(1, _ended);
        Assert.Null(_transport.Producer);
    }

    [Fact]
    public void It_ends_when_it_fails_and_then_only_once()
    {
        WriteDrain drain = Full();
        drain.Fail(new ConnectionLostException());
        Assert.Equal(1, _ended);
        ((IPushProducer)drain).ResumeProducing();
        drain.Done.FailureResult<ConnectionLostException>();
        Assert.Equal(1, _ended);
    }

    [Fact]
    public void A_transport_that_is_not_full_resumes_nothing()
    {
        var drain = new WriteDrain(_transport, () => _ended++);
        ((IPushProducer)drain).ResumeProducing();
        Assert.False(drain.Done.IsFired);
        Assert.False(drain.Begin());
        Assert.True(drain.Done.IsFired);
    }
}
