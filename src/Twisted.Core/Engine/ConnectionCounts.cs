namespace Twisted.Internet;

/// <summary>The stream connections of one direction. Written on the reactor thread, read by the meter.</summary>
internal sealed class ConnectionCounts
{
    /// <summary>Made so far.</summary>
    internal long Made { get; private set; }

    /// <summary>Up now.</summary>
    internal int Open { get; private set; }

    internal void Begin()
    {
        Made++;
        Open++;
    }

    internal void End() => Open--;
}
