using System.Text;
using System.Text.Unicode;
using Twisted.Words;

namespace Twisted.Fuzzing;

/// <summary>One message of IRC, and what its text may be: CTCP, formatting, features.</summary>
internal sealed class IrcTarget() : FuzzTarget("irc")
{
    internal override int Limit => IrcLimits.ServerTags + IrcLimits.Message;

    internal override bool IsStream => false;

    internal override IReadOnlyList<byte[]> Tokens => Words(
        " ", " :", ":", "@", ";", "=", "PRIVMSG", "005", "\u0001", "\u0010", "\u0002", "\u0003", "\u000304,12",
        "\u0004", "\u000f", "PREFIX=(", ")", "CHANMODES=", ",", @"\x20", @"\:", @"\\", "\u00ff");

    internal override void Run(ReadOnlySpan<byte> input, IReadOnlyList<int> sizes, Outcome outcome)
    {
        if (!IrcMessage.TryParse(input, out IrcMessage message))
        {
            outcome.IsRefused = true;
            return;
        }
        Tell(message, outcome);
        string last = IrcEncoding.Decode(message.Parameters.Last);
        outcome.Add("ctcp", Encoding.UTF8.GetBytes(IrcCtcp.Extract(last, out _)));
        outcome.Add("plain", Encoding.UTF8.GetBytes(IrcFormatting.Strip(last)));
        var features = new IrcServerFeatures();
        features.Parse(last.Split(' '));
        if (features.PrefixModes.Length != features.PrefixMarks.Length)
            throw new DefectException("prefix", "modes and marks are not as many");
        if (IrcCtcp.LowDequote(IrcCtcp.LowQuote(last)) != last)
            throw new DefectException("quote", "quoting and back gives something else");
        foreach (string piece in IrcText.Split(last, 20))
        {
            if (Encoding.UTF8.GetByteCount(piece) is 0 or > 20)
                throw new DefectException("split", $"a piece of {Encoding.UTF8.GetByteCount(piece)} bytes");
        }
    }

    /// <summary>A message that may be written is read back as it was.</summary>
    internal override void Verify(ReadOnlySpan<byte> input, Outcome outcome)
    {
        if (!IrcMessage.TryParse(input, out IrcMessage message) || input.ContainsAny("\r\n\0"u8)
            || !Utf8.IsValid(input) || message.Command[0] == (byte)'@' || message.Prefix is [(byte)':', ..])
            return; // the last two are read, but nobody may send them
        var parameters = new List<string>();
        foreach (ReadOnlySpan<byte> parameter in message.Parameters)
            parameters.Add(Encoding.UTF8.GetString(parameter));
        string line = IrcMessageWriter.Format(
            Encoding.UTF8.GetString(message.Prefix), Encoding.UTF8.GetString(message.Command), [.. parameters]);
        var first = new Outcome();
        Tell(message, first);
        var again = new Outcome();
        if (IrcMessage.TryParse(Encoding.UTF8.GetBytes(line), out IrcMessage second))
            Tell(second, again);
        if (first.Events.Count != again.Events.Count
            || !first.Events.Zip(again.Events).All(pair => pair.First.IsSame(pair.Second)))
            throw new DefectException("roundtrip", $"'{line}' is read otherwise");
    }

    private static void Tell(IrcMessage message, Outcome outcome)
    {
        outcome.Add("prefix", message.Prefix);
        outcome.Add("command", message.Command);
        foreach (ReadOnlySpan<byte> parameter in message.Parameters)
            outcome.Add("parameter", parameter);
    }
}
