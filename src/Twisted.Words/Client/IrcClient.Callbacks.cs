namespace Twisted.Words;

public abstract partial class IrcClient
{
    /// <summary>The server has accepted the login: join channels now.</summary>
    protected virtual void SignedOn() { }

    /// <summary>The login cannot succeed. Closes the connection unless overridden.</summary>
    /// <param name="reason">Why.</param>
    protected virtual void LoginFailed(IrcException reason) => Close(reason);

    /// <summary>Which server it is and what runs there. Twisted: <c>yourHost</c>.</summary>
    /// <param name="info">The server's words.</param>
    protected virtual void YourHostReceived(string info) { }

    /// <summary>When the server was started or built. Twisted: <c>created</c>.</summary>
    /// <param name="when">The server's words.</param>
    protected virtual void CreatedReceived(string when) { }

    /// <summary>What the server is. Twisted: <c>myInfo</c>.</summary>
    /// <param name="serverName">Its name.</param>
    /// <param name="version">What runs there.</param>
    /// <param name="userModes">The modes that users may have.</param>
    /// <param name="channelModes">The modes that channels may have.</param>
    protected virtual void MyInfoReceived(
        string serverName, string version, string userModes, string channelModes)
    { }

    /// <summary>How many users there are. Twisted: <c>luserClient</c>.</summary>
    /// <param name="info">The server's words.</param>
    protected virtual void LuserClientReceived(string info) { }

    /// <summary>How many channels there are. Twisted: <c>luserChannels</c>.</summary>
    /// <param name="channels">Their number.</param>
    protected virtual void LuserChannelsReceived(int channels) { }

    /// <summary>How many operators there are. Twisted: <c>luserOp</c>.</summary>
    /// <param name="operators">Their number.</param>
    protected virtual void LuserOpReceived(int operators) { }

    /// <summary>How many users this server has. Twisted: <c>luserMe</c>.</summary>
    /// <param name="info">The server's words.</param>
    protected virtual void LuserMeReceived(string info) { }

    /// <summary>The server names another one to use. Twisted: <c>bounce</c>.</summary>
    /// <param name="info">The server's words.</param>
    protected virtual void BounceReceived(string info) { }

    /// <summary>What the server can; <see cref="Features"/> has it already. Twisted: <c>isupport</c>.</summary>
    /// <param name="options">As they were sent.</param>
    protected virtual void FeaturesReceived(IReadOnlyList<string> options) { }

    /// <summary>The message of the day. Twisted: <c>receivedMOTD</c>.</summary>
    /// <param name="lines">Its lines, the first 1,000.</param>
    protected virtual void MotdReceived(IReadOnlyList<string> lines) { }

    /// <summary>The server is about to end the connection (ERROR).</summary>
    /// <param name="text">Why, in its words.</param>
    protected virtual void ErrorReceived(string text) { }

    /// <summary>Someone has spoken, to a channel or to us. Twisted: <c>privmsg</c>.</summary>
    /// <param name="user">nick!user@host.</param>
    /// <param name="channel">The channel, or our nickname.</param>
    /// <param name="msg">The words, without CTCP.</param>
    protected virtual void PrivMsgReceived(string user, string channel, string msg) { }

    /// <summary>A notice, from a user or a server; never answer one by yourself. Twisted: <c>noticed</c>.</summary>
    /// <param name="user">nick!user@host, or a server.</param>
    /// <param name="channel">The channel, or our nickname.</param>
    /// <param name="msg">The words, without CTCP.</param>
    protected virtual void NoticeReceived(string user, string channel, string msg) { }

    /// <summary>Someone does something. Twisted: <c>action</c>.</summary>
    /// <param name="user">nick!user@host.</param>
    /// <param name="channel">The channel, or our nickname.</param>
    /// <param name="msg">What.</param>
    protected virtual void ActionReceived(string user, string channel, string msg) { }

    /// <summary>We have joined a channel.</summary>
    /// <param name="channel">Which.</param>
    protected virtual void Joined(string channel) { }

    /// <summary>We have left a channel. Twisted: <c>left</c>.</summary>
    /// <param name="channel">Which.</param>
    protected virtual void Left(string channel) { }

    /// <summary>We were thrown out. Twisted: <c>kickedFrom</c>.</summary>
    /// <param name="channel">Of which channel.</param>
    /// <param name="kicker">By whom.</param>
    /// <param name="msg">Why.</param>
    protected virtual void KickedFrom(string channel, string kicker, string msg) { }

    /// <summary>Our nickname has changed. Twisted: <c>nickChanged</c>.</summary>
    /// <param name="nickname">The new one.</param>
    protected virtual void NickChanged(string nickname) { }

    /// <summary>Someone has joined a channel. Twisted: <c>userJoined</c>.</summary>
    /// <param name="user">The nickname.</param>
    /// <param name="channel">Which.</param>
    protected virtual void UserJoined(string user, string channel) { }

    /// <summary>Someone has left a channel. Twisted: <c>userLeft</c>.</summary>
    /// <param name="user">The nickname.</param>
    /// <param name="channel">Which.</param>
    protected virtual void UserLeft(string user, string channel) { }

    /// <summary>Someone has left the network. Twisted: <c>userQuit</c>.</summary>
    /// <param name="user">The nickname.</param>
    /// <param name="quitMessage">The last words; empty when there were none.</param>
    protected virtual void UserQuit(string user, string quitMessage) { }

    /// <summary>Someone was thrown out. Twisted: <c>userKicked</c>.</summary>
    /// <param name="kickee">Who.</param>
    /// <param name="channel">Of which channel.</param>
    /// <param name="kicker">By whom.</param>
    /// <param name="msg">Why.</param>
    protected virtual void UserKicked(string kickee, string channel, string kicker, string msg) { }

    /// <summary>Someone has another nickname. Twisted: <c>userRenamed</c>.</summary>
    /// <param name="oldNick">The old one.</param>
    /// <param name="newNick">The new one.</param>
    protected virtual void UserRenamed(string oldNick, string newNick) { }

    /// <summary>The topic of a channel, when we have joined or it has changed. Twisted: <c>topicUpdated</c>.</summary>
    /// <param name="user">Who says so: a nickname, or a server.</param>
    /// <param name="channel">Which.</param>
    /// <param name="newTopic">The topic.</param>
    protected virtual void TopicUpdated(string user, string channel, string newTopic) { }

    /// <summary>Modes were set or taken away; once for each of both. Twisted: <c>modeChanged</c>.</summary>
    /// <param name="user">Who did it.</param>
    /// <param name="channel">The channel, or our nickname.</param>
    /// <param name="set">Whether they were set.</param>
    /// <param name="modes">The letters.</param>
    /// <param name="args">A parameter for each letter; null where the mode has none.</param>
    protected virtual void ModeChanged(
        string user, string channel, bool set, string modes, IReadOnlyList<string?> args)
    { }

    /// <summary>Someone was invited, usually we. Twisted: <c>invited</c>, which nobody calls there.</summary>
    /// <param name="user">By whom.</param>
    /// <param name="invitee">Who.</param>
    /// <param name="channel">To which channel.</param>
    protected virtual void InviteReceived(string user, string invitee, string channel) { }

    /// <summary>Someone has answered our <see cref="Ping"/>. Twisted: <c>pong</c>.</summary>
    /// <param name="user">Who.</param>
    /// <param name="elapsed">How long it took.</param>
    protected virtual void PongReceived(string user, TimeSpan elapsed) { }

    /// <summary>
    /// Someone has logged in to services, or out of them (account-notify), or has joined and is logged in
    /// (extended-join).
    /// </summary>
    /// <param name="user">The nickname.</param>
    /// <param name="account">The account; null when logged out.</param>
    protected virtual void AccountChanged(string user, string? account) { }

    /// <summary>Someone has gone away, or come back (away-notify).</summary>
    /// <param name="user">The nickname.</param>
    /// <param name="reason">Why; null when back.</param>
    protected virtual void AwayChanged(string user, string? reason) { }

    /// <summary>Someone has another real name (setname).</summary>
    /// <param name="user">The nickname.</param>
    /// <param name="realName">The name.</param>
    protected virtual void RealNameChanged(string user, string realName) { }

    /// <summary>Someone has another user name or host (chghost).</summary>
    /// <param name="user">The nickname.</param>
    /// <param name="newUser">The user name.</param>
    /// <param name="newHost">The host.</param>
    protected virtual void HostChanged(string user, string newUser, string newHost) { }
}
