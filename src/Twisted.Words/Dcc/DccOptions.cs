using System.Net;

namespace Twisted.Words;

/// <summary>What a client lets DCC do.</summary>
public sealed record DccOptions
{
    /// <summary>The longest file that is accepted, in bytes. 100 MiB unless set.</summary>
    public long MaxFileSize { get; init; } = 100 * 1024 * 1024;

    /// <summary>How many transfers and offers there may be at a time, in both directions. 10 unless set.</summary>
    public int MaxTransfers { get; init; } = 10;

    /// <summary>
    /// Whether an offer may name this machine, a private network or a link: on the Internet a stranger would choose
    /// which of our own servers we connect to. Not unless set.
    /// </summary>
    public bool AllowLocalAddresses { get; init; }

    /// <summary>The address that our offers name; that of the connection to the IRC server unless set.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Where we listen for who takes an offer; where the connection to the server is, unless set.</summary>
    public string? ListenAddress { get; init; }

    /// <summary>The first port that we may listen on; 0, as usual, for any.</summary>
    public int FirstPort { get; init; }

    /// <summary>The last port that we may listen on; that of <see cref="FirstPort"/> when it is less.</summary>
    public int LastPort { get; init; }

    /// <summary>How long an offer of ours stands, and we wait for the answer to a RESUME. Two minutes.</summary>
    public TimeSpan OfferTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long we try to connect. 30 seconds.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a transfer may stand still. Two minutes.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long nobody may say anything in a conversation. One hour.</summary>
    public TimeSpan ChatIdleTimeout { get; init; } = TimeSpan.FromHours(1);
}
