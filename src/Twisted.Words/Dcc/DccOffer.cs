using System.Net;

namespace Twisted.Words;

/// <summary>A DCC message: an offer, or what is said about one. Whatever is in it, a stranger has chosen.</summary>
public sealed record DccOffer
{
    /// <summary>What it says.</summary>
    public required DccKind Kind { get; init; }

    /// <summary>Who says it, nick!user@host; empty when it was parsed without a message around it.</summary>
    public string User { get; init; } = "";

    /// <summary>A name for the file that is safe in any folder, on any system; empty for a conversation.</summary>
    public string FileName { get; init; } = "";

    /// <summary>Where to connect to; null in <see cref="DccKind.Resume"/> and <see cref="DccKind.Accept"/>.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>
    /// The port there, 1024 or above; it says which offer is meant. 0 when the other side wants to be listened for.
    /// </summary>
    public required int Port { get; init; }

    /// <summary>How long the file is, in bytes; null when it was not told.</summary>
    public long? Size { get; init; }

    /// <summary>From where on, in bytes, in <see cref="DccKind.Resume"/> and <see cref="DccKind.Accept"/>.</summary>
    public long Position { get; init; }

    /// <summary>What tells offers with port 0 apart; null when there is none.</summary>
    public string? Token { get; init; }
}
