using System.Text;

namespace Twisted.Words;

public abstract partial class IrcClient
{
    // What a server puts before a message that it passes on: room for the longest user name and host there may be.
    private const int LongestUserAndHost = 10 + 63;
    private const int Marks = 10; // colon, exclamation mark, at sign, blank, CR, LF, and a few to spare

    /// <summary>Joins a channel.</summary>
    /// <param name="channel">Its name; a # is put before it when it has no mark.</param>
    /// <param name="key">Its key, if it has one.</param>
    public void Join(string channel, string? key = null)
    {
        if (key is null)
            SendCommand("JOIN", Marked(channel));
        else
            SendCommand("JOIN", Marked(channel), key);
    }

    /// <summary>Leaves a channel. Twisted: <c>leave</c>, <c>part</c>.</summary>
    /// <param name="channel">Its name; a # is put before it when it has no mark.</param>
    /// <param name="reason">Why, if you say it.</param>
    public void Leave(string channel, string? reason = null)
    {
        if (reason is null)
            SendCommand("PART", Marked(channel));
        else
            SendCommand("PART", Marked(channel), reason);
    }

    /// <summary>Throws someone out of a channel.</summary>
    /// <param name="channel">Its name; a # is put before it when it has no mark.</param>
    /// <param name="user">The nickname.</param>
    /// <param name="reason">Why, if you say it.</param>
    public void Kick(string channel, string user, string? reason = null)
    {
        if (reason is null)
            SendCommand("KICK", Marked(channel), user);
        else
            SendCommand("KICK", Marked(channel), user, reason);
    }

    /// <summary>Invites someone to a channel.</summary>
    /// <param name="user">The nickname.</param>
    /// <param name="channel">Its name; a # is put before it when it has no mark.</param>
    public void Invite(string user, string channel) => SendCommand("INVITE", user, Marked(channel));

    /// <summary>Asks for the topic; <see cref="TopicUpdated"/> hears the answer. Twisted: <c>topic</c>.</summary>
    /// <param name="channel">Its name; a # is put before it when it has no mark.</param>
    public void AskTopic(string channel) => SendCommand("TOPIC", Marked(channel));

    /// <summary>Sets the topic. Twisted: <c>topic</c>.</summary>
    /// <param name="channel">Its name; a # is put before it when it has no mark.</param>
    /// <param name="topic">The topic; empty for none.</param>
    public void SetTopic(string channel, string topic) => SendCommand("TOPIC", Marked(channel), topic);

    /// <summary>Sets modes of a channel or of ourselves, or takes them away.</summary>
    /// <param name="channel">The channel, or our nickname.</param>
    /// <param name="set">Whether they are set.</param>
    /// <param name="modes">The letters.</param>
    /// <param name="args">The parameters of those that have one.</param>
    public void Mode(string channel, bool set, string modes, params ReadOnlySpan<string> args)
    {
        string target = IsMe(channel) ? channel : Marked(channel);
        SendCommand("MODE", [target, (set ? "+" : "-") + modes, .. args]);
    }

    /// <summary>Speaks to a channel.</summary>
    /// <param name="channel">Its name; a # is put before it when it has no mark.</param>
    /// <param name="message">Any text; see <see cref="Msg"/>.</param>
    /// <param name="length">See <see cref="Msg"/>.</param>
    public void Say(string channel, string message, int? length = null) => Msg(Marked(channel), message, length);

    /// <summary>Speaks to a user or a channel, in as many lines as it takes.</summary>
    /// <param name="user">The nickname or the channel.</param>
    /// <param name="message">
    /// Any text: split at its line ends, then at words, so that no reader gets less than was sent. Lines of nothing but
    /// blanks are left out.
    /// </param>
    /// <param name="length">The longest line in bytes, command and line end too; what is safe unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length has no room for the text.</exception>
    public void Msg(string user, string message, int? length = null) => Send("PRIVMSG", user, message, length);

    /// <summary>Sends a notice: no program answers it.</summary>
    /// <param name="user">The nickname or the channel.</param>
    /// <param name="message">Any text; see <see cref="Msg"/>.</param>
    public void Notice(string user, string message) => Send("NOTICE", user, message, null);

    /// <summary>Does something: "* nick waves".</summary>
    /// <param name="channel">The nickname or the channel.</param>
    /// <param name="action">What.</param>
    public void Describe(string channel, string action) => CtcpQuery(channel, "ACTION", action);

    /// <summary>Says that we are away.</summary>
    /// <param name="message">Why.</param>
    public void Away(string message = "away") => SendCommand("AWAY", message);

    /// <summary>Says that we are back.</summary>
    public void Back() => SendCommand("AWAY");

    /// <summary>Asks for another nickname; <see cref="NickChanged"/> hears when we have it.</summary>
    /// <param name="nickname">The new one.</param>
    public void SetNick(string nickname)
    {
        _wantedNickname = nickname;
        SendCommand("NICK", nickname);
    }

    /// <summary>Says goodbye; the server then ends the connection.</summary>
    /// <param name="message">The last words.</param>
    public void Quit(string message = "") => SendCommand("QUIT", message);

    private void Send(string command, string target, string message, int? length)
    {
        string start = $"{command} {target} :";
        int safe = IrcLimits.Message - Encoding.UTF8.GetByteCount(Nickname) - LongestUserAndHost - Marks;
        int room = Math.Min(length ?? safe, IrcLimits.Message) - Encoding.UTF8.GetByteCount(start) - 2;
        if (room < IrcText.LeastLength)
            throw new ArgumentOutOfRangeException(nameof(length), length,
                $"There is no room for text: '{start}' and the line end need {Encoding.UTF8.GetByteCount(start) + 2} "
                + $"bytes. Give at least {IrcText.LeastLength} more.");
        IrcMessageWriter.Format(prefix: "", command, target); // refuses a target that would be read otherwise
        if (message.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("A message cannot hold a NUL.", nameof(message));
        foreach (string piece in IrcText.Split(message, room))
            SendLine(start + piece);
    }

    private string Marked(string channel)
    {
        ArgumentException.ThrowIfNullOrEmpty(channel);
        return Features.IsChannel(channel) ? channel : "#" + channel;
    }
}
