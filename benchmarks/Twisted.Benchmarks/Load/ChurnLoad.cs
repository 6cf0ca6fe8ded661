namespace Twisted.Benchmarks.Load;

/// <summary>Connections that come and go: connect, echo, and one of three ends.</summary>
internal sealed class ChurnLoad(LoadRun run, long connections, int seed)
{
    /// <summary>Connections at a time.</summary>
    internal const int Parallel = 64;

    private readonly Random _random = run.RandomOf(seed);
    private readonly Deferred _ended = new();
    private long _started;

    internal long Ended { get; private set; }

    internal long Resets { get; private set; }

    internal long HalfCloses { get; private set; }

    /// <summary>Goes through them as fast as it can.</summary>
    internal Deferred Start()
    {
        int first = (int)Math.Min(Parallel, connections);
        for (int i = 0; i < first; i++)
            StartOne();
        return _ended;
    }

    /// <summary>Starts some; for a load of a bounded rate.</summary>
    internal void StartSome(int count)
    {
        for (int i = 0; i < count && _started - Ended < Parallel; i++)
            StartOne();
    }

    /// <summary>No more are started. Fires when the last has ended.</summary>
    internal Deferred Stop()
    {
        connections = _started;
        if (Ended == _started)
            _ended.Callback();
        return _ended;
    }

    internal void EndedOne()
    {
        Ended++;
        if (Ended == connections)
            _ended.Callback();
        else if (_started < connections && !IsPaced)
            StartOne();
    }

    /// <summary>Whether somebody else says when the next starts.</summary>
    internal bool IsPaced { get; init; }

    private void StartOne()
    {
        _started++;
        ChurnEnd end = _random.Next(10) switch { 0 => ChurnEnd.Reset, 1 => ChurnEnd.HalfClose, _ => ChurnEnd.Close };
        if (end == ChurnEnd.Reset)
            Resets++;
        if (end == ChurnEnd.HalfClose)
            HalfCloses++;
        ulong stream = (ulong)_random.NextInt64(1, long.MaxValue);
        int length = SeededStream.HeaderLength + _random.Next(1, 2000);
        run.Connect(() => new ChurnClient(run, this, stream, length, end), _ => EndedOne());
    }
}

/// <summary>How a connection of the churn ends.</summary>
internal enum ChurnEnd
{
    Close,
    HalfClose,
    Reset,
}
