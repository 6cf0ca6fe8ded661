namespace APPLICATION_NAMESPACE;

/// <summary>Answers <c>ping</c> with <c>pong</c>; who is silent for too long has to leave.</summary>
/// <param name="reactor">Gives the time: the real one, or a test's.</param>
public sealed class PingPongProtocol(IReactorTime reactor) : LineReceiver
{
    /// <summary>How long a client may be silent.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private IDelayedCall? _patience;

    protected override void ConnectionMade() => _patience = reactor.CallLater(Patience, Transport.LoseConnection);

    protected override void LineReceived(ReadOnlySpan<byte> line)
    {
        _patience?.Reset(Patience);
        SendLine(line.SequenceEqual("ping"u8) ? "pong" : "what?");
    }

    protected override void ConnectionLost(Exception reason) => _patience?.Cancel(); // idempotent
}
