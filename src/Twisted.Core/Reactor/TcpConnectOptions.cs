using System.Net;

namespace Twisted.Internet;

/// <summary>How to connect to a TCP port.</summary>
public sealed record TcpConnectOptions
{
    internal static readonly TcpConnectOptions Default = new();

    private readonly TimeSpan _timeout = TimeSpan.FromSeconds(30);
    private readonly TimeSpan _attemptTimeout = TimeSpan.FromSeconds(30);
    private readonly TimeSpan _attemptDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>How long to try in all: the lookup and every address; 30 seconds unless set.</summary>
    public TimeSpan Timeout
    {
        get => _timeout;
        init => _timeout = Positive(value, nameof(Timeout));
    }

    /// <summary>How long one address of a name may take; 30 seconds unless set.</summary>
    public TimeSpan AttemptTimeout
    {
        get => _attemptTimeout;
        init => _attemptTimeout = Positive(value, nameof(AttemptTimeout));
    }

    /// <summary>
    /// How long an address may be silent before the next one is tried beside it; 250 ms unless set (RFC 8305, 5).
    /// </summary>
    public TimeSpan AttemptDelay
    {
        get => _attemptDelay;
        init => _attemptDelay = Positive(value, nameof(AttemptDelay));
    }

    /// <summary>
    /// The local address and port to connect from. Of a name only addresses of the same family are tried then.
    /// </summary>
    public IPEndPoint? BindAddress { get; init; }

    private static TimeSpan Positive(TimeSpan value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, name);
        return value;
    }
}
