/// <summary>One who talks: a line is for all the others.</summary>
public sealed class Chat(ChatFactory room, ChatOptions options, IReactorTime reactor) : LineReceiver
{
    private IDelayedCall? _patience;

    internal void Hear(ReadOnlySpan<byte> line) => SendLine(line);

    protected override void ConnectionMade()
    {
        _patience = reactor.CallLater(options.Idle, Transport.LoseConnection);
        SendLine(options.Greeting);
        room.Enter(this);
    }

    protected override void LineReceived(ReadOnlySpan<byte> line)
    {
        _patience?.Reset(options.Idle);
        room.Tell(line, except: this);
    }

    protected override void ConnectionLost(Exception reason)
    {
        _patience?.Cancel(); // idempotent
        room.Leave(this);
    }
}
