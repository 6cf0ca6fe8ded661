namespace Twisted.Benchmarks.Load;

/// <summary>A short connection: writes, has it back, ends.</summary>
internal sealed class ChurnClient(LoadRun run, ChurnLoad load, ulong seed, int length, ChurnEnd end)
    : LoadClient(run, seed), IHalfCloseableProtocol
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private IDelayedCall? _limit;
    private bool _isEnding;

    protected override void ConnectionMade()
    {
        _limit = Run.Reactor.CallLater(Limit, Transport.AbortConnection);
        Send(length);
        if (end == ChurnEnd.HalfClose)
            Transport.Get<IHalfCloseable>()!.LoseWriteConnection();
    }

    protected override void DataReceived(ReadOnlySpan<byte> data)
    {
        Verifier.Verify(data);
        if (end == ChurnEnd.Reset)
        {
            _isEnding = true;
            Transport.AbortConnection();
        }
        else if (end == ChurnEnd.Close && IsAllBack)
        {
            _isEnding = true;
            Transport.LoseConnection();
        }
    }

    public void ReadConnectionLost()
    {
        _isEnding = end == ChurnEnd.HalfClose;
        Transport.LoseConnection();
    }

    public void WriteConnectionLost() { }

    protected override void ConnectionLost(Exception reason)
    {
        _limit!.Cancel();
        if (!_isEnding)
            Run.Dropped++;
        if (end != ChurnEnd.Reset)
            Verifier.End(Sent);
        load.EndedOne();
    }
}
