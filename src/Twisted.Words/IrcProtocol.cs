using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Twisted.Words;

/// <summary>What both ends of a connection have in common: lines are messages, and a message calls a method.</summary>
/// <remarks>
/// A message that cannot be read, or whose method throws, costs that message and nothing more. Reactor thread only.
/// </remarks>
public abstract class IrcProtocol : LineReceiver
{
    private readonly ILogger _log;
    private byte[] _tags = [];
    private int _tagLength;

    /// <summary>An end of a connection.</summary>
    /// <param name="log">Where failures of methods go; to the reactor's reports when it is not given.</param>
    protected IrcProtocol(ILogger? log = null) => _log = log ?? NullLogger.Instance;

    /// <summary>How text is read that is not UTF-8. ISO 8859-1 unless overridden.</summary>
    protected virtual Encoding FallbackEncoding => Encoding.Latin1;

    /// <summary>What ends a line: LF, because many send no CR.</summary>
    protected override ReadOnlySpan<byte> Delimiter => "\n"u8;

    /// <summary>A tag of the message that is being handled.</summary>
    /// <param name="key">Its name.</param>
    /// <returns>Its value; null when it has none, and outside of callbacks.</returns>
    protected string? MessageTag(string key) =>
        new IrcTags(_tags.AsSpan(0, _tagLength))[Encoding.UTF8.GetBytes(key)];

    /// <summary>When the message that is being handled was sent, if the server says so (server-time).</summary>
    protected DateTimeOffset? MessageTime =>
        DateTimeOffset.TryParse(MessageTag("time"), CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;

    /// <summary>A message has come: calls the method for its command. Twisted: <c>handleCommand</c>.</summary>
    /// <param name="message">Yours only until you return.</param>
    protected virtual void MessageReceived(in IrcMessage message)
    {
        if (!Dispatch(message.Command, in message))
            UnknownCommand(in message);
    }

    /// <summary>Calls the method for a command. Override it, partial and marked, for more commands.</summary>
    /// <param name="command">A word or three digits.</param>
    /// <param name="message">The message.</param>
    /// <returns>Whether there is one.</returns>
    protected virtual bool Dispatch(ReadOnlySpan<byte> command, in IrcMessage message) => false;

    /// <summary>A message that nobody knows. Twisted: <c>irc_unknown</c>.</summary>
    /// <param name="message">Yours only until you return.</param>
    protected virtual void UnknownCommand(in IrcMessage message) { }

    /// <summary>A line that is no message. Twisted: <c>badMessage</c>.</summary>
    /// <param name="line">Yours only until you return.</param>
    protected virtual void BadMessage(ReadOnlySpan<byte> line) => IrcLog.BadLine(_log, line.Length);

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "One message must not cost the connection: D14, Dispatch.")]
    protected override void LineReceived(ReadOnlySpan<byte> line)
    {
        if (!IrcMessage.TryParse(line, out IrcMessage message))
        {
            BadMessage(line);
            return;
        }
        KeepTags(message.Tags.Raw);
        try
        {
            MessageReceived(in message);
        }
        catch (Exception failure)
        {
            IrcLog.CallbackFailed(_log, failure, Encoding.Latin1.GetString(message.Command));
            if (_log is NullLogger)
                Deferred.Fail(failure).Forget(); // the reactor reports it
        }
        finally
        {
            ForgetTags();
        }
    }

    private protected string Decoded(ReadOnlySpan<byte> bytes) => IrcEncoding.Decode(bytes, FallbackEncoding);

    private protected string Text(in IrcMessage message, int index) => Decoded(message.Parameters[index]);

    private protected string LastText(in IrcMessage message) => Decoded(message.Parameters.Last);

    /// <summary>All parameters from one on, as text.</summary>
    private protected List<string> Texts(in IrcMessage message, int from = 0)
    {
        var texts = new List<string>();
        foreach (ReadOnlySpan<byte> parameter in message.Parameters)
        {
            if (--from < 0)
                texts.Add(Decoded(parameter));
        }
        return texts;
    }

    /// <summary>While the message is handled, and no longer: a server has very many connections.</summary>
    private void KeepTags(ReadOnlySpan<byte> tags)
    {
        if (tags.IsEmpty)
            return;
        _tags = ArrayPool<byte>.Shared.Rent(tags.Length);
        tags.CopyTo(_tags);
        _tagLength = tags.Length;
    }

    private void ForgetTags()
    {
        if (_tagLength == 0)
            return;
        ArrayPool<byte>.Shared.Return(_tags);
        _tags = [];
        _tagLength = 0;
    }
}
