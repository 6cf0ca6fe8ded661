using System.Globalization;

namespace Twisted.Words;

/// <summary>What a server has said of itself (numeric 005, RPL_ISUPPORT), and what holds until it does.</summary>
/// <remarks>
/// What it cannot mean is as if it had not been said. At most 256 features are kept.
/// Twisted: <c>ServerSupportedFeatures</c>.
/// </remarks>
public sealed class IrcServerFeatures
{
    private const int MostFeatures = 256;

    private readonly Dictionary<string, string> _values = [];
    private string[] _channelModes = DefaultChannelModes;

    private static readonly string[] DefaultChannelModes = ["b", "", "lk", ""];

    /// <summary>The value of a feature, unescaped; empty when it has none; null when it was not named.</summary>
    /// <param name="feature">In capitals.</param>
    public string? this[string feature] => _values.GetValueOrDefault(feature);

    /// <summary>Modes that members of channels have, the highest first, as <see cref="PrefixMarks"/>.</summary>
    public string PrefixModes { get; private set; } = "ovh";

    /// <summary>The marks of those modes, as they stand before names.</summary>
    public string PrefixMarks { get; private set; } = "@+%";

    /// <summary>What names of channels begin with.</summary>
    public string ChannelTypes => this["CHANTYPES"] ?? "#&!+";

    /// <summary>When names are the same.</summary>
    public IrcCaseMapping CaseMapping { get; private set; } = IrcCaseMapping.Rfc1459;

    /// <summary>The longest nickname.</summary>
    public int NickLength => Number("NICKLEN", 9);

    /// <summary>The longest name of a channel.</summary>
    public int ChannelLength => Number("CHANNELLEN", 200);

    /// <summary>The longest topic; null when it is not known.</summary>
    public int? TopicLength => Limit("TOPICLEN");

    /// <summary>The longest reason of a kick; null when it is not known.</summary>
    public int? KickLength => Limit("KICKLEN");

    /// <summary>The longest away message; null when it is not known.</summary>
    public int? AwayLength => Limit("AWAYLEN");

    /// <summary>How many modes with a parameter go into one command.</summary>
    public int ModesPerCommand => Number("MODES", 3);

    /// <summary>The name of the network; null when it is not known.</summary>
    public string? Network => this["NETWORK"];

    /// <summary>Takes what a server has said.</summary>
    /// <param name="tokens">NAME, NAME=value, or -NAME, which takes it back.</param>
    public void Parse(params IEnumerable<string> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        foreach (string token in tokens)
            Parse(token);
    }

    /// <summary>Whether a name is that of a channel.</summary>
    /// <param name="name">A nickname or a channel.</param>
    public bool IsChannel(string name) => name is [var first, ..] && ChannelTypes.Contains(first);

    /// <summary>Whether a mode of a channel takes a parameter.</summary>
    /// <param name="mode">Its letter.</param>
    /// <param name="isSet">Whether it is set, or taken away.</param>
    public bool TakesParameter(char mode, bool isSet) =>
        PrefixModes.Contains(mode) || _channelModes[0].Contains(mode) || _channelModes[1].Contains(mode)
        || (isSet && _channelModes[2].Contains(mode));

    private void Parse(string token)
    {
        if (token is ['-', ..])
            Take(token[1..], null);
        else if (token.IndexOf('=', StringComparison.Ordinal) is var at and >= 0)
            Take(token[..at], Unescape(token[(at + 1)..]));
        else
            Take(token, "");
    }

    private void Take(string name, string? value)
    {
        if (value is null)
            _values.Remove(name);
        else if (name.Length > 0 && (_values.Count < MostFeatures || _values.ContainsKey(name)))
            _values[name] = value;
        else
            return;
        switch (name)
        {
            case "PREFIX":
                TakePrefix(value);
                break;
            case "CHANMODES":
                TakeChannelModes(value);
                break;
            case "CASEMAPPING":
                CaseMapping = IrcCaseMapping.Of(value);
                break;
        }
    }

    private void TakePrefix(string? value)
    {
        if (value is null)
            (PrefixModes, PrefixMarks) = ("ovh", "@+%");
        else if (value.Length == 0)
            (PrefixModes, PrefixMarks) = ("", ""); // a server without any
        else if (value[0] == '(' && value.IndexOf(')', StringComparison.Ordinal) is var end and > 0
            && value.Length - end - 1 == end - 1)
            (PrefixModes, PrefixMarks) = (value[1..end], value[(end + 1)..]);
    }

    private void TakeChannelModes(string? value)
    {
        string[] kinds = value?.Split(',') ?? DefaultChannelModes;
        if (kinds.Length >= 4)
            _channelModes = kinds; // kinds beyond the fourth are for later; nobody knows what they take
    }

    private int Number(string name, int usual) => Limit(name) ?? usual;

    private int? Limit(string name) =>
        int.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number : null;

    /// <summary>\x20 is a blank, and so on for every byte.</summary>
    private static string Unescape(string value)
    {
        for (int at = value.IndexOf(@"\x", StringComparison.Ordinal); at >= 0 && at + 4 <= value.Length;
            at = value.IndexOf(@"\x", at + 1, StringComparison.Ordinal))
        {
            if (byte.TryParse(value.AsSpan(at + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                out byte code))
                value = $"{value[..at]}{(char)code}{value[(at + 4)..]}";
        }
        return value;
    }
}
