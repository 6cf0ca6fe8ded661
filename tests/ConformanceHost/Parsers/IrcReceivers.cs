using System.Text;
using System.Text.Json.Nodes;
using Twisted.Words;

namespace Twisted.Conformance.Parsers;

/// <summary>One message of IRC, without a stream: the case "ircmsg".</summary>
internal static class IrcMessages
{
    internal const string Name = "ircmsg";

    internal static JsonObject Answer(JsonNode? id, byte[] data)
    {
        JsonArray told = IrcMessage.TryParse(data, out IrcMessage message)
            ? [0, "msg", Hex(message.Prefix), Hex(message.Command), Hex(message.Parameters)]
            : [0, "raise", "no command"];
        return new JsonObject
        {
            ["id"] = id,
            ["events"] = new JsonArray(told),
            ["end"] = new JsonObject(),
            ["info"] = new JsonObject(),
        };
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    private static JsonArray Hex(IrcParameters parameters)
    {
        var all = new JsonArray();
        foreach (ReadOnlySpan<byte> parameter in parameters)
            all.Add(Hex(parameter));
        return all;
    }
}

internal sealed class IrcServerLines(Transcript transcript) : IrcServerProtocol
{
    protected override void MessageReceived(in IrcMessage message) =>
        IrcTold.Add(transcript, in message, command => command.ToUpperInvariant());
}

internal sealed class IrcLines(Transcript transcript, CaseOptions options) : IrcClient("oracle")
{
    protected override int MaxLength => options.MaxLength(usual: 16384);

    protected override void LogIn() { }

    protected override void MessageReceived(in IrcMessage message) =>
        IrcTold.Add(transcript, in message, IrcNumeric.NameOf);

    protected override void BadMessage(ReadOnlySpan<byte> line) =>
        transcript.Add("bad", Encoding.UTF8.GetString(line), "IRCBadMessage");

    protected override void LineLengthExceeded(ReadOnlySpan<byte> line)
    {
        transcript.Add("tooLong", line);
        base.LineLengthExceeded(line);
    }
}

/// <summary>A message as Twisted's two ends hear it: text.</summary>
internal static class IrcTold
{
    internal static void Add(Transcript transcript, in IrcMessage message, Func<string, string> name)
    {
        var parameters = new JsonArray();
        foreach (ReadOnlySpan<byte> parameter in message.Parameters)
            parameters.Add(Encoding.UTF8.GetString(parameter));
        transcript.Add("msg", Encoding.UTF8.GetString(message.Prefix),
            name(Encoding.UTF8.GetString(message.Command)), parameters);
    }
}
