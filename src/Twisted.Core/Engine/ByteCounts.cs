namespace Twisted.Internet;

/// <summary>
/// What became of all bytes that a reactor's connections were given to write: sent, dropped with a connection that
/// ended, or waiting. Nothing else may happen to one.
/// </summary>
internal sealed class ByteCounts
{
    /// <summary>Given to Write and taken.</summary>
    internal long Written { get; set; }

    /// <summary>Taken by a socket.</summary>
    internal long Sent { get; set; }

    /// <summary>Still waiting when the connection ended.</summary>
    internal long Dropped { get; set; }

    /// <summary>While no connection is open, none can wait.</summary>
    internal void Check(Invariants invariants)
    {
        if (Written == Sent + Dropped)
            return;
        invariants.Break($"of {Written} bytes written, {Sent} were sent and {Dropped} dropped, and nothing is open");
        Dropped = Written - Sent; // told once
    }
}
