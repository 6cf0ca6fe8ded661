namespace Twisted.Benchmarks.Load;

/// <summary>A busy connection: writes of any size at a bounded rate, and a reader that sometimes pauses.</summary>
internal sealed class EchoClient(LoadRun run, EchoLoad load, ulong seed, Random random) : LoadClient(run, seed)
{
    /// <summary>More is not written before some of it has come back.</summary>
    private const long MostUnanswered = 512 * 1024;

    private readonly Queue<(long End, long Written)> _writes = new();
    private IDelayedCall? _next;
    private IDelayedCall? _resume;
    private bool _isCut;
    private bool _isStopping;

    protected override void ConnectionMade()
    {
        Send(SeededStream.HeaderLength);
        load.Made(this);
    }

    /// <summary>Begins to write.</summary>
    internal void Begin() => _next = Run.Reactor.CallLater(load.Pause(random), WriteOne);

    /// <summary>Writes a little, once.</summary>
    internal void SayOnce() => Write(random.Next(1, 100));

    /// <summary>Writes no more; when all is back, it closes.</summary>
    internal void Stop()
    {
        _isStopping = true;
        _next?.Cancel();
        if (IsConnected && IsAllBack)
            Transport.LoseConnection();
    }

    /// <summary>A fault: resets the connection at whatever it is.</summary>
    internal void Cut()
    {
        _isCut = true;
        Transport.AbortConnection();
    }

    /// <summary>A fault: much is written and nothing read for a while.</summary>
    internal void Choke(TimeSpan time)
    {
        PauseReading(time);
        Write((int)MostUnanswered);
    }

    protected override void DataReceived(ReadOnlySpan<byte> data)
    {
        Verifier.Verify(data);
        while (_writes.TryPeek(out (long End, long Written) write) && write.End <= Verifier.Reached)
        {
            _writes.Dequeue();
            if (write.Written != 0)
                Run.Latency.Add(Run.Reactor.TimeProvider.GetElapsedTime(write.Written));
        }
        if (_isStopping && IsAllBack)
            Transport.LoseConnection();
        else if (random.Next(200) == 0 && _resume is not { IsActive: true })
            PauseReading(TimeSpan.FromMilliseconds(random.Next(10, 200)));
    }

    protected override void ConnectionLost(Exception reason)
    {
        _next?.Cancel();
        _resume?.Cancel();
        if (!_isCut)
        {
            Verifier.End(Sent);
            if (!_isStopping)
                Run.Dropped++;
        }
        load.Lost(this);
    }

    private void WriteOne()
    {
        if (Sent - Verifier.Reached < MostUnanswered)
            Write(Size());
        _next = Run.Reactor.CallLater(load.Pause(random), WriteOne);
    }

    /// <summary>Half are some bytes, most of the rest some kilobytes, one in fifty fits no buffer.</summary>
    private int Size() => random.Next(50) switch
    {
        0 => random.Next(64 * 1024, 192 * 1024),
        < 25 => random.Next(64, 8 * 1024),
        _ => random.Next(1, 64),
    };

    private void Write(int count)
    {
        Send(count);
        bool isPaused = _resume is { IsActive: true };
        _writes.Enqueue((Sent, isPaused ? 0 : Run.Reactor.TimeProvider.GetTimestamp()));
    }

    private void PauseReading(TimeSpan time)
    {
        Transport.PauseProducing();
        int waiting = _writes.Count; // answers that wait for this pause say nothing about the engine
        for (int i = 0; i < waiting; i++)
            _writes.Enqueue((_writes.Dequeue().End, 0));
        _resume?.Cancel();
        _resume = Run.Reactor.CallLater(time, Transport.ResumeProducing);
    }
}
