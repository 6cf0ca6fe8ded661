namespace Twisted.Tests;

/// <summary>One connection over a scripted socket.</summary>
public abstract class StreamTest : EngineTest
{
    private protected ScriptedSocket Socket { get; set; } = new();

    /// <summary>Whom the connection is given to, unless a test has another.</summary>
    private protected Recorder User { get; set; } = new();

    private protected Owner Whose { get; set; } = new();

    /// <summary>Why the connection has ended.</summary>
    private protected Exception Reason => Assert.Single(Whose.Ends);

    private protected StreamTransport Connect(IProtocol? protocol = null, bool overLayer = false)
    {
        var connection = new StreamTransport(Loop, Socket, Whose, overLayer);
        connection.Start(protocol ?? User);
        Loop.Flush();
        return connection;
    }

    /// <summary>A callback of the user's, and what follows when it has returned.</summary>
    private protected void Callback(Action callback)
    {
        callback();
        Loop.Flush();
    }

    /// <summary>The socket takes everything again, and says so.</summary>
    private protected void Drain()
    {
        Socket.Room = int.MaxValue;
        Socket.Events!.OnWritable();
    }

    /// <summary>Hears of the end of its connection.</summary>
    private protected sealed class Owner : IConnectionOwner
    {
        internal List<Exception> Ends { get; } = [];

        public ConnectionCounts? Counts { get; init; }

        public void ConnectionEnded(Exception reason) => Ends.Add(reason);
    }
}

/// <summary>A recorder that goes on when one direction ends.</summary>
internal sealed class HalfRecorder : Recorder, IHalfCloseableProtocol
{
    public void ReadConnectionLost() => Heard.Add("read closed");

    public void WriteConnectionLost() => Heard.Add("write closed");
}

/// <summary>A push producer that keeps what it is told.</summary>
internal sealed class Pusher : IPushProducer
{
    internal List<string> Told { get; } = [];

    public void PauseProducing() => Told.Add("pause");

    public void ResumeProducing() => Told.Add("resume");

    public void StopProducing() => Told.Add("stop");
}

/// <summary>A pull producer that keeps what it is told.</summary>
internal sealed class Puller : IPullProducer
{
    internal List<string> Told { get; } = [];

    internal Action OnStop { get; init; } = () => { };

    public void ResumeProducing() => Told.Add("resume");

    public void StopProducing()
    {
        Told.Add("stop");
        OnStop();
    }
}
