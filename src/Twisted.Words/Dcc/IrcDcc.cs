using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Twisted.Words;

/// <summary>Messages of DCC, by which clients connect to each other: what stands behind the word DCC.</summary>
public static class IrcDcc
{
    private const int LeastPort = 1024; // below are the servers of a machine, and nobody's client listens there
    private const int LongestToken = 32;

    /// <summary>Reads an offer or an answer: <c>SEND name address port size</c> and the like.</summary>
    /// <param name="data">What stands behind the word DCC in a CTCP query.</param>
    /// <param name="offer">
    /// What it says, the name of the file reduced to what is safe. Whether its address and its size suit us is not
    /// asked here.
    /// </param>
    /// <returns>False when it cannot be understood, or the name or the port are not to be trusted.</returns>
    public static bool TryParseOffer(string data, [NotNullWhen(true)] out DccOffer? offer) =>
        TryParseOffer(data, out offer, out _);

    /// <summary>Writes one.</summary>
    /// <param name="offer">Its address may be missing only where there is none.</param>
    /// <returns>What stands behind the word DCC.</returns>
    /// <exception cref="ArgumentException">It would not be read as what it is.</exception>
    public static string FormatOffer(DccOffer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        string port = offer.Port.ToString(CultureInfo.InvariantCulture);
        string kind = offer.Kind.ToString().ToUpperInvariant();
        string name = offer.Kind == DccKind.Chat ? "chat" : DccFileName.Quoted(offer.FileName);
        string? address = offer.Address is null ? null : DccAddress.Format(offer.Address);
        string? size = offer.Kind is DccKind.Resume or DccKind.Accept
            ? offer.Position.ToString(CultureInfo.InvariantCulture)
            : offer.Size?.ToString(CultureInfo.InvariantCulture);
        string text = string.Join(' ',
            new[] { kind, name, address, port, size, offer.Token }.Where(word => word is not null));
        if (!TryParseOffer(text, out DccOffer? read, out string problem))
            throw new ArgumentException($"'{text}' cannot be offered: {problem}.", nameof(offer));
        return read == offer with { User = "" }
            ? text
            : throw new ArgumentException($"'{text}' would be read as something else.", nameof(offer));
    }

    /// <param name="data">What stands behind the word DCC.</param>
    /// <param name="offer">What it says.</param>
    /// <param name="problem">What is wrong, for the log.</param>
    internal static bool TryParseOffer(string data, [NotNullWhen(true)] out DccOffer? offer, out string problem)
    {
        ArgumentNullException.ThrowIfNull(data);
        offer = null;
        problem = "";
        if (!TryCut(data, out string verb, out string name, out string[] rest))
            problem = "it is not made of words";
        else if (KindOf(verb) is not { } kind)
            problem = "nobody knows what it asks";
        else if (kind is not DccKind.Chat && DccFileName.Check(name, out name) is { } refusal)
            problem = $"its file name is refused: {refusal}";
        else
        {
            offer = kind is DccKind.Resume or DccKind.Accept ? Answer(kind, name, rest) : Offer(kind, name, rest);
            problem = offer is null ? "its address, port or size are not such" : "";
        }
        return offer is not null;
    }

    private static DccKind? KindOf(string verb) => verb.ToUpperInvariant() switch
    {
        "SEND" => DccKind.Send,
        "CHAT" => DccKind.Chat,
        "RESUME" => DccKind.Resume,
        "ACCEPT" => DccKind.Accept,
        _ => null,
    };

    /// <summary>Words between blanks; the second may stand in quotes, with blanks in it.</summary>
    private static bool TryCut(string data, out string verb, out string name, out string[] rest)
    {
        (verb, name, rest) = ("", "", []);
        int blank = data.IndexOf(' ', StringComparison.Ordinal);
        if (blank <= 0)
            return false;
        verb = data[..blank];
        string tail = data[(blank + 1)..].TrimStart(' ');
        bool isQuoted = tail is ['"', ..];
        int end = tail.IndexOf(isQuoted ? '"' : ' ', isQuoted ? 1 : 0);
        if (end < 0)
            return false;
        name = isQuoted ? tail[1..end] : tail[..end];
        rest = tail[(end + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return true;
    }

    private static DccOffer? Offer(DccKind kind, string name, string[] rest)
    {
        bool isChat = kind == DccKind.Chat;
        int fixedWords = isChat ? 2 : 3; // without a token
        if (rest.Length < 2 || rest.Length > fixedWords + 1)
            return null;
        string? token = rest.Length > fixedWords ? rest[fixedWords] : null;
        long? size = !isChat && rest.Length > 2 ? Number(rest[2]) : null;
        if (DccAddress.Parse(rest[0]) is not { } address || Port(rest[1], token) is not { } port
            || (!isChat && rest.Length > 2 && size is null))
            return null;
        return new DccOffer
        {
            Kind = kind,
            FileName = isChat ? "" : name,
            Address = address,
            Port = port,
            Size = size,
            Token = token,
        };
    }

    private static DccOffer? Answer(DccKind kind, string name, string[] rest)
    {
        if (rest.Length is < 2 or > 3)
            return null;
        string? token = rest.Length > 2 ? rest[2] : null;
        if (Port(rest[0], token) is not { } port || Number(rest[1]) is not { } position)
            return null;
        return new DccOffer { Kind = kind, FileName = name, Port = port, Position = position, Token = token };
    }

    /// <summary>0 stands with a token only.</summary>
    private static int? Port(string text, string? token)
    {
        bool hasToken = token is not null && token.Length <= LongestToken && token.All(char.IsAsciiLetterOrDigit);
        if (token is not null && !hasToken)
            return null;
        return Number(text) is { } port and <= IPEndPoint.MaxPort && (port >= LeastPort || (port == 0 && hasToken))
            ? (int)port : null;
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
