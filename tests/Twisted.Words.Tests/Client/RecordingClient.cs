using System.Text;

namespace Twisted.Words.Tests;

/// <summary>A client that writes down what it hears; settings are for each test.</summary>
internal sealed partial class RecordingClient(IReactorTime? clock = null, string nickname = "bot")
    : IrcClient(nickname, clock)
{
    internal List<string> Events { get; } = [];

    internal TimeSpan? Rate { get; init; }

    internal IrcSasl? Proof { get; init; }

    internal IReadOnlyCollection<string> Wanted { get; init; } = [];

    internal string? Password { get; init; }

    internal string? Version { get; init; }

    internal string? TimeSeen { get; private set; }

    internal Action? OnMessage { get; set; }

    protected override TimeSpan? LineRate => Rate;

    protected override IrcSasl? Sasl => Proof;

    protected override IReadOnlyCollection<string> WantedCapabilities => Wanted;

    protected override string? ServerPassword => Password;

    protected override string? VersionReply => Version;

    [CommandDispatch]
    protected override partial bool Dispatch(ReadOnlySpan<byte> command, in IrcMessage message);

    [Command("WALLOPS")]
    private void Wallops(in IrcMessage message) => Tell("wallops", Encoding.UTF8.GetString(message.Parameters.Last));

    protected override void SignedOn() => Tell("signedOn", Nickname);

    protected override void YourHostReceived(string info) => Tell("yourHost", info);

    protected override void CreatedReceived(string when) => Tell("created", when);

    protected override void MyInfoReceived(
        string serverName, string version, string userModes, string channelModes) =>
        Tell("myInfo", serverName, version, userModes, channelModes);

    protected override void LuserClientReceived(string info) => Tell("luserClient", info);

    protected override void LuserChannelsReceived(int channels) => Tell("luserChannels", $"{channels}");

    protected override void LuserOpReceived(int operators) => Tell("luserOp", $"{operators}");

    protected override void LuserMeReceived(string info) => Tell("luserMe", info);

    protected override void BounceReceived(string info) => Tell("bounce", info);

    protected override void FeaturesReceived(IReadOnlyList<string> options) => Tell("features", [.. options]);

    protected override void MotdReceived(IReadOnlyList<string> lines) => Tell("motd", [.. lines]);

    protected override void ErrorReceived(string text) => Tell("error", text);

    protected override void PrivMsgReceived(string user, string channel, string msg)
    {
        TimeSeen = $"{MessageTime:O}";
        Tell("privmsg", user, channel, msg);
        OnMessage?.Invoke();
    }

    protected override void NoticeReceived(string user, string channel, string msg) =>
        Tell("noticed", user, channel, msg);

    protected override void ActionReceived(string user, string channel, string msg) =>
        Tell("action", user, channel, msg);

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
        Tell("topic", user, channel, newTopic);

    protected override void ModeChanged(
        string user, string channel, bool set, string modes, IReadOnlyList<string?> args) =>
        Tell("mode", user, channel, set ? "+" : "-", modes, string.Join(',', args.Select(arg => arg ?? "none")));

    protected override void InviteReceived(string user, string invitee, string channel) =>
        Tell("invite", user, invitee, channel);

    protected override void PongReceived(string user, TimeSpan elapsed) => Tell("pong", user, $"{elapsed}");

    protected override void AccountChanged(string user, string? account) => Tell("account", user, account ?? "none");

    protected override void AwayChanged(string user, string? reason) => Tell("away", user, reason ?? "back");

    protected override void HostChanged(string user, string newUser, string newHost) =>
        Tell("host", user, newUser, newHost);

    protected override void RealNameChanged(string user, string realName) => Tell("realName", user, realName);

    protected override void CtcpQueryReceived(string user, string channel, string tag, string? data) =>
        Tell("query", user, channel, tag, data ?? "none");

    protected override void CtcpReplyReceived(string user, string channel, string tag, string? data) =>
        Tell("reply", user, channel, tag, data ?? "none");

    protected override void UnknownCommand(in IrcMessage message) =>
        Tell("unknown", Encoding.UTF8.GetString(message.Command));

    protected override void BadMessage(ReadOnlySpan<byte> line)
    {
        base.BadMessage(line);
        Tell("bad", Encoding.UTF8.GetString(line));
    }

    private void Tell(string what, params string[] details) => Events.Add($"{what} {string.Join('|', details)}".Trim());
}
