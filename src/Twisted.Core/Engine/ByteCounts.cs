namespace Twisted.Internet;

/// <summary>
/// What became of all bytes that a reactor's connections were given to write: sent, dropped with a connection that
/// ended, or waiting. Nothing else may happen to one. And what else of bytes is counted, for the meter.
/// </summary>
internal sealed class ByteCounts
{
    /// <summary>Given to Write and taken.</summary>
    internal long Written { get; set; }

    /// <summary>Taken by a socket of the system.</summary>
    internal long Sent { get; set; }

    /// <summary>Taken by a layer, such as TLS, which gives them to its own socket in its own way.</summary>
    internal long GivenToLayers { get; set; }

    /// <summary>Taken by whatever stands below a connection.</summary>
    internal long Taken => Sent + GivenToLayers;

    /// <summary>Got from sockets of the system. What layers make of them is not in it.</summary>
    internal long Received { get; set; }

    /// <summary>Bytes of datagrams that came.</summary>
    internal long DatagramsReceived { get; set; }

    /// <summary>Bytes of datagrams that a socket took.</summary>
    internal long DatagramsSent { get; set; }

    /// <summary>Still waiting when the connection ended.</summary>
    internal long Dropped { get; set; }

    /// <summary>While no connection is open, none can wait.</summary>
    internal void Check(Invariants invariants)
    {
        if (Written == Taken + Dropped)
            return;
        invariants.Break($"of {Written} bytes written, {Taken} were sent and {Dropped} dropped, and nothing is open");
        Dropped = Written - Taken; // told once
    }
}
