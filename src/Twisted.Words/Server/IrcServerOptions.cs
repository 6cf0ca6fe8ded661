using System.Security.Cryptography.X509Certificates;
using Twisted.Cred;

namespace Twisted.Words;

/// <summary>What an <see cref="IrcServerFactory"/> is and allows. All limits are in force unless changed.</summary>
public sealed record IrcServerOptions
{
    /// <summary>The server's own name, as clients see it: one word, with a dot by custom.</summary>
    public string Name { get; init; } = "irc.local";

    /// <summary>The name of the network: one word.</summary>
    public string Network { get; init; } = "Twisted";

    /// <summary>What it says of itself.</summary>
    public string Description { get; init; } = "Twisted for .NET";

    /// <summary>The message of the day, a line each.</summary>
    public IReadOnlyList<string> Motd { get; init; } = [];

    /// <summary>
    /// Gives the message of the day anew, for REHASH and <see cref="IrcServerFactory.Rehash"/>; without it the one that
    /// was given stays. When it throws, too.
    /// </summary>
    public Func<IReadOnlyList<string>>? ReadMotd { get; init; }

    /// <summary>What ADMIN answers, three lines at most.</summary>
    public IReadOnlyList<string> Admin { get; init; } = [];

    /// <summary>
    /// Who may log in, by PASS or SASL; its realm gives an <see cref="IrcAccount"/>, as <see cref="IrcRealm"/> does.
    /// Null: there are no logins. With a checker of <see cref="Anonymous"/> those without a password come in through
    /// it.
    /// </summary>
    public Portal? Portal { get; init; }

    /// <summary>Whether nobody is let in without a login.</summary>
    public bool RequiresLogin { get; init; }

    /// <summary>Who may become an operator of the server, by OPER. Null: nobody.</summary>
    public Portal? Operators { get; init; }

    /// <summary>
    /// The account of a client's certificate, for SASL EXTERNAL; null from it for one without. The portal needs a
    /// <see cref="PreauthenticatedChecker"/>. Without this there is no EXTERNAL.
    /// </summary>
    public Func<X509Certificate2, string?>? AccountOf { get; init; }

    /// <summary>What DIE does, when an operator says it. Null: DIE is refused.</summary>
    public Action? Die { get; init; }

    /// <summary>The longest nickname.</summary>
    public int NickLength { get; init; } = 30;

    /// <summary>How many channels a user may be in.</summary>
    public int MaxChannelsPerUser { get; init; } = 50;

    /// <summary>How many masks a list of a channel may have.</summary>
    public int MaxListEntries { get; init; } = 60;

    /// <summary>The modes that a new channel has: of i, m, n, s and t.</summary>
    public string DefaultChannelModes { get; init; } = "nt";

    /// <summary>How many lines a client may send in a row; 0 for no flood control.</summary>
    public int FloodBurst { get; init; } = 20;

    /// <summary>How many lines a second it may go on with; 0 for no flood control.</summary>
    public int FloodRate { get; init; } = 2;

    /// <summary>
    /// How many bytes of a client may wait for their turn by flood control; the connection is closed at more ("Excess
    /// Flood"). 0 for no limit.
    /// </summary>
    public int ReceiveQueueLimit { get; init; } = 32 * 1024;

    /// <summary>
    /// How many bytes may wait for a client that does not read; the connection is closed at more ("SendQ exceeded"). 0
    /// for the limit of transports.
    /// </summary>
    public long SendQueueLimit { get; init; } = 1024 * 1024;

    /// <summary>How long a client may take to register.</summary>
    public TimeSpan RegistrationTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After so much silence a client is asked whether it is there.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long it may take to answer that.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(60);

    internal IrcServerOptions Checked()
    {
        Require(IsName(Name), $"The server's name must be one word of at most 63 bytes, not '{Name}'.");
        Require(IsName(Network), $"The network's name must be one word of at most 63 bytes, not '{Network}'.");
        Require(IsLine(Description) && Admin.Count <= 3 && Admin.All(IsLine),
            "Description and Admin must be without CR, LF and NUL, and Admin three lines at most.");
        Require(NickLength is >= 1 and <= 63, $"NickLength must be 1 to 63, not {NickLength}.");
        Require(MaxChannelsPerUser > 0 && MaxListEntries >= 0, "MaxChannelsPerUser and MaxListEntries are too small.");
        Require(DefaultChannelModes.All(letter => ChannelModes.FlagOf(letter) != ChannelFlags.None),
            $"DefaultChannelModes may have the letters i, m, n, s and t, not '{DefaultChannelModes}'.");
        Require(FloodBurst >= 0 && FloodRate >= 0 && ReceiveQueueLimit >= 0 && SendQueueLimit >= 0,
            "A limit cannot be negative.");
        Require(RegistrationTimeout > TimeSpan.Zero && PingInterval > TimeSpan.Zero && PingTimeout > TimeSpan.Zero,
            "Times must be more than zero.");
        Require(!RequiresLogin || Portal is not null, "RequiresLogin needs a Portal: nobody could come in.");
        return this;
    }

    internal static bool IsLine(string text) => text.AsSpan().IndexOfAny('\r', '\n', '\0') < 0;

    private static bool IsName(string text) =>
        ByteText.IsWord(text) && System.Text.Encoding.UTF8.GetByteCount(text) <= 63;

    private static void Require(bool condition, string problem)
    {
        if (!condition)
            throw new ArgumentException(problem);
    }
}
