using System.Text;
using Twisted.Words;

namespace Interop.Tests.Irc;

/// <summary>A client that tells the test what it hears, in order.</summary>
internal sealed class Talker(IReactorTime reactor, string nickname = "bot") : IrcClient(nickname, reactor)
{
    private readonly DeferredQueue<string> _events = new();

    /// <summary>The first words of all events so far.</summary>
    internal HashSet<string> Kinds { get; } = [];

    internal List<DccOffer> Offers { get; } = [];

    internal string? Password { get; init; }

    internal IrcSasl? Proof { get; init; }

    protected override string? ServerPassword => Password;

    protected override IrcSasl? Sasl => Proof;

    protected override string? VersionReply => "talker 1";

    protected override DccOptions DccOptions { get; } = new() { AllowLocalAddresses = true };

    /// <summary>The next event that begins so; those before it are passed over.</summary>
    internal async Deferred<string> Heard(string beginning)
    {
        string told;
        do
            told = await _events.Get();
        while (!told.StartsWith(beginning, StringComparison.Ordinal));
        return told;
    }

    protected override void SignedOn() => Tell("signedOn", Nickname);

    protected override void YourHostReceived(string info) => Tell("yourHost", info);

    protected override void CreatedReceived(string when) => Tell("created", when);

    protected override void MyInfoReceived(
        string serverName, string version, string userModes, string channelModes) => Tell("myInfo", serverName);

    protected override void FeaturesReceived(IReadOnlyList<string> options) => Tell("features");

    protected override void LuserClientReceived(string info) => Tell("luserClient", info);

    protected override void LuserChannelsReceived(int channels) => Tell("luserChannels", $"{channels}");

    protected override void LuserOpReceived(int operators) => Tell("luserOp", $"{operators}");

    protected override void LuserMeReceived(string info) => Tell("luserMe", info);

    protected override void MotdReceived(IReadOnlyList<string> lines) => Tell("motd", string.Join('|', lines));

    protected override void ErrorReceived(string text) => Tell("error", text);

    protected override void LoginFailed(IrcException reason)
    {
        Tell("loginFailed", reason.Message);
        base.LoginFailed(reason);
    }

    protected override void PrivMsgReceived(string user, string channel, string msg) =>
        Tell("privmsg", user.Split('!')[0], channel, msg);

    protected override void NoticeReceived(string user, string channel, string msg) =>
        Tell("notice", user.Split('!')[0], channel, msg);

    protected override void ActionReceived(string user, string channel, string msg) =>
        Tell("action", user.Split('!')[0], channel, msg);

    protected override void Joined(string channel) => Tell("joined", channel);

    protected override void Left(string channel) => Tell("left", channel);

    protected override void KickedFrom(string channel, string kicker, string msg) =>
        Tell("kickedFrom", channel, kicker, msg);

    protected override void NickChanged(string nickname) => Tell("nickChanged", nickname);

    protected override void UserJoined(string user, string channel) => Tell("userJoined", user, channel);

    protected override void UserLeft(string user, string channel) => Tell("userLeft", user, channel);

    protected override void UserQuit(string user, string quitMessage) => Tell("userQuit", user, quitMessage);

    protected override void UserKicked(string kickee, string channel, string kicker, string msg) =>
        Tell("userKicked", kickee, channel, kicker, msg);

    protected override void UserRenamed(string oldNick, string newNick) => Tell("userRenamed", oldNick, newNick);

    protected override void TopicUpdated(string user, string channel, string newTopic) =>
        Tell("topic", channel, newTopic);

    protected override void ModeChanged(
        string user, string channel, bool set, string modes, IReadOnlyList<string?> args) =>
        Tell("mode", [channel, (set ? "+" : "-") + modes, .. args.OfType<string>()]);

    protected override void InviteReceived(string user, string invitee, string channel) =>
        Tell("invite", user, invitee, channel);

    protected override void PongReceived(string user, TimeSpan elapsed) => Tell("pong");

    protected override void AwayChanged(string user, string? reason) => Tell("away", user, reason ?? "back");

    protected override void RealNameChanged(string user, string realName) => Tell("realName", user, realName);

    protected override void CtcpQueryReceived(string user, string channel, string tag, string? data) =>
        Tell("query", user.Split('!')[0], tag);

    protected override void CtcpReplyReceived(string user, string channel, string tag, string? data) =>
        Tell("reply", user.Split('!')[0], tag, data ?? "");

    protected override void DccOffered(DccOffer offer)
    {
        Offers.Add(offer);
        Tell("dcc", $"{offer.Kind}", offer.FileName);
    }

    protected override void UnknownCommand(in IrcMessage message) =>
        Tell("unknown", Encoding.UTF8.GetString(message.Command));

    protected override void ConnectionLost(Exception reason)
    {
        base.ConnectionLost(reason);
        Tell("lost");
    }

    private void Tell(string what, params string[] details)
    {
        Kinds.Add(what);
        _events.Put(string.Join(' ', [what, .. details]));
    }

    internal sealed class Chat : DccChatProtocol
    {
        private readonly DeferredQueue<string> _lines = new();

        internal Deferred<string> Next() => _lines.Get();

        protected override void MessageReceived(string text) => _lines.Put(text);
    }
}
