using System.Text;
using Twisted.Words;

namespace Twisted.Fuzzing;

/// <summary>Offers of DCC: whatever is understood names a plain file, and is written and read back as it was.</summary>
internal sealed class DccTarget() : FuzzTarget("dcc")
{
    private const int LongestName = 240; // in bytes

    internal override int Limit => IrcLimits.Message;

    internal override bool IsStream => false;

    internal override IReadOnlyList<byte[]> Tokens => Words(
        " ", "\"", "SEND", "CHAT", "RESUME", "ACCEPT", "/", "\\", "..", ".", ":", "nul", "com1", "~", "2130706433",
        "127.0.0.1", "::1", "::ffff:127.0.0.1", "5000", "0", "65535", "9223372036854775807", "-1", "t1",
        "\u00e2\u0080\u00ae", "\u00ff", "\u0085", "\0", "\r\n");

    internal override void Run(ReadOnlySpan<byte> input, IReadOnlyList<int> sizes, Outcome outcome)
    {
        if (!IrcDcc.TryParseOffer(IrcEncoding.Decode(input), out DccOffer? offer))
        {
            outcome.IsRefused = true;
            return;
        }
        outcome.Add("name", Encoding.UTF8.GetBytes(offer.FileName));
        outcome.Add("address", Encoding.UTF8.GetBytes($"{offer.Address} {offer.Port}"));
        if (offer.Kind != DccKind.Chat && !IsPlain(offer.FileName))
            throw new DefectException("name", $"'{offer.FileName}' is no plain name");
        if (offer.Port is not 0 and (< 1024 or > 65535) || offer.Size < 0 || offer.Position < 0)
            throw new DefectException("number", $"{offer}");
        if (!IrcDcc.TryParseOffer(IrcDcc.FormatOffer(offer), out DccOffer? again) || again != offer)
            throw new DefectException("roundtrip", $"{offer} becomes {again}");
    }

    private static bool IsPlain(string name) =>
        name.Length > 0 && Encoding.UTF8.GetByteCount(name) <= LongestName && Path.GetFileName(name) == name
        && name[0] != '.' && !name.Any(c => char.IsControl(c) || c is '/' or '\\' or ':' or '"');
}
