namespace Twisted.Testing;

/// <summary>What is decided by chance in a simulation. The names appear in decision lists.</summary>
internal enum DecisionKind : byte
{
    /// <summary>Which host goes next.</summary>
    HostOrder,

    /// <summary>Which of a host's sockets is told next.</summary>
    SocketOrder,

    /// <summary>How long something is under way, over the least.</summary>
    Latency,

    /// <summary>How few bytes one read gives.</summary>
    ReadSize,

    /// <summary>How few bytes one write takes.</summary>
    WriteSize,

    /// <summary>How late work on another thread is done.</summary>
    ThreadDelay,

    /// <summary>How late a name is answered.</summary>
    NameDelay,

    /// <summary>What the test itself asks for.</summary>
    Choice,

    /// <summary>The first of the faults: from here on, healing ends them.</summary>
    Reset,

    /// <summary>A connection whose other end has forgotten it.</summary>
    HalfOpen,

    /// <summary>A link that is cut for a while.</summary>
    Partition,

    /// <summary>A datagram that gets lost.</summary>
    Loss,

    /// <summary>A datagram that comes twice.</summary>
    Duplication,

    /// <summary>A datagram that is overtaken.</summary>
    Reordering,

    /// <summary>A host that stands still for a while.</summary>
    Stall,

    /// <summary>A name that is not found.</summary>
    NameFailure,

    /// <summary>An exception out of a callback.</summary>
    Exception,

    /// <summary>A descriptor that was kept for bad times and is taken by somebody else.</summary>
    Reserve,
}
