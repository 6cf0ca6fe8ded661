using Microsoft.Extensions.Logging;

namespace Twisted.Words;

/// <summary>The server's end of a connection, for servers and gateways of your own.</summary>
/// <remarks>
/// A line may end with LF, or with CR LF. What cannot be sent (a CR, an LF or a NUL in it, too long)
/// is refused with ArgumentException. Reactor thread only. Twisted: <c>twisted.words.protocols.irc.IRC</c>.
/// </remarks>
public abstract class IrcServerProtocol : IrcProtocol
{
    private const int LongestBlankLine = 2; // no command is so short

    /// <summary>The server's end of a connection.</summary>
    /// <param name="log">Where failures of methods go; to the reactor's reports when it is not given.</param>
    protected IrcServerProtocol(ILogger? log = null) : base(log) { }

    /// <summary>The longest line that is read: a client's longest tags and message.</summary>
    protected override int MaxLength => IrcLimits.ClientTags + IrcLimits.Message;

    /// <inheritdoc/>
    protected override void LineReceived(ReadOnlySpan<byte> line)
    {
        if (line.Length <= LongestBlankLine)
            return;
        base.LineReceived(line is [.., (byte)'\r'] ? line[..^1] : line);
    }

    /// <summary>Sends a message. Twisted: <c>sendMessage</c>, <c>sendCommand</c>.</summary>
    /// <param name="prefix">Who sends it; empty to leave it out.</param>
    /// <param name="command">A word or three digits.</param>
    /// <param name="parameters">Only the last may be empty, hold blanks or begin with a colon.</param>
    /// <exception cref="ArgumentException">The client would read something else, or it is too long.</exception>
    public void SendMessage(string prefix, string command, params ReadOnlySpan<string> parameters) =>
        IrcMessageWriter.Write(Transport, tags: "", prefix, command, parameters);
}
