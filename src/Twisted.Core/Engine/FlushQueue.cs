namespace Twisted.Internet;

/// <summary>Something that gathers output until the callback returns.</summary>
internal abstract class Flushable
{
    /// <summary>The queue's own link: a list would cost a checked store for each message.</summary>
    internal Flushable? NextToFlush { get; set; }

    /// <summary>Sends what was gathered.</summary>
    internal abstract void Flush();
}

/// <summary>Who was written to since the last callback returned, in that order.</summary>
internal struct FlushQueue
{
    private Flushable? _first;
    private Flushable? _last;

    internal readonly bool IsEmpty => _first is null;

    /// <summary>Adds one that is not in the queue.</summary>
    internal void Add(Flushable flushable)
    {
        if (_last is null)
            _first = flushable;
        else
            _last.NextToFlush = flushable;
        _last = flushable;
    }

    /// <summary>The next one, which may be added again from now on; null when there is none.</summary>
    internal Flushable? Take()
    {
        if (_first is not { } flushable)
            return null;
        _first = flushable.NextToFlush;
        if (_first is null)
            _last = null;
        else
            flushable.NextToFlush = null;
        return flushable;
    }
}
