using System.Reflection;

namespace Twisted.Words.Tests;

/// <summary>Whatever Twisted's IRCClient hears and does, ours does under the name that stands here.</summary>
public class TwistedNamesTests
{
    [Theory]
    [InlineData("created", "CreatedReceived")]
    [InlineData("yourHost", "YourHostReceived")]
    [InlineData("myInfo", "MyInfoReceived")]
    [InlineData("luserClient", "LuserClientReceived")]
    [InlineData("bounce", "BounceReceived")]
    [InlineData("isupport", "FeaturesReceived")]
    [InlineData("luserChannels", "LuserChannelsReceived")]
    [InlineData("luserOp", "LuserOpReceived")]
    [InlineData("luserMe", "LuserMeReceived")]
    [InlineData("privmsg", "PrivMsgReceived")]
    [InlineData("joined", "Joined")]
    [InlineData("left", "Left")]
    [InlineData("noticed", "NoticeReceived")]
    [InlineData("modeChanged", "ModeChanged")]
    [InlineData("pong", "PongReceived")]
    [InlineData("signedOn", "SignedOn")]
    [InlineData("kickedFrom", "KickedFrom")]
    [InlineData("nickChanged", "NickChanged")]
    [InlineData("userJoined", "UserJoined")]
    [InlineData("userLeft", "UserLeft")]
    [InlineData("userQuit", "UserQuit")]
    [InlineData("userKicked", "UserKicked")]
    [InlineData("action", "ActionReceived")]
    [InlineData("topicUpdated", "TopicUpdated")]
    [InlineData("userRenamed", "UserRenamed")]
    [InlineData("receivedMOTD", "MotdReceived")]
    [InlineData("invited", "InviteReceived")]
    [InlineData("handleCommand", "MessageReceived")]
    [InlineData("irc_unknown", "UnknownCommand")]
    [InlineData("badMessage", "BadMessage")]
    [InlineData("ctcpQuery", "CtcpQueryReceived")]
    [InlineData("ctcpReply", "CtcpReplyReceived")]
    [InlineData("alterCollidedNick", "AlterCollidedNick")]
    [InlineData("erroneousNickFallback", "ErroneousNickFallback")]
    [InlineData("dccDoSend", "DccOffered")]
    [InlineData("dccDoChat", "DccOffered")]
    public void What_it_hears_can_be_overridden(string twisted, string ours) =>
        Assert.True(Members(ours).Any(IsVirtual), $"{twisted}: there is no virtual {ours}");

    [Theory]
    [InlineData("join", "Join")]
    [InlineData("leave", "Leave")]
    [InlineData("part", "Leave")]
    [InlineData("kick", "Kick")]
    [InlineData("invite", "Invite")]
    [InlineData("topic", "AskTopic")]
    [InlineData("topic(text)", "SetTopic")]
    [InlineData("mode", "Mode")]
    [InlineData("say", "Say")]
    [InlineData("msg", "Msg")]
    [InlineData("notice", "Notice")]
    [InlineData("away", "Away")]
    [InlineData("back", "Back")]
    [InlineData("whois", "Whois")]
    [InlineData("setNick", "SetNick")]
    [InlineData("quit", "Quit")]
    [InlineData("describe", "Describe")]
    [InlineData("me", "Describe")]
    [InlineData("ping", "Ping")]
    [InlineData("sendLine", "SendLine")]
    [InlineData("ctcpMakeQuery", "CtcpQuery")]
    [InlineData("ctcpMakeReply", "CtcpReply")]
    [InlineData("supported", "Features")]
    [InlineData("nickname", "Nickname")]
    [InlineData("dccSend", "DccSend")]
    [InlineData("dccDoResume", "DccSend")]
    [InlineData("dccResume", "DccAccept")]
    [InlineData("dccAcceptResume", "DccSend")]
    [InlineData("dccDoAcceptResume", "DccAccept")]
    public void What_it_does_can_be_called(string twisted, string ours) =>
        Assert.True(Members(ours).Any(IsPublic), $"{twisted}: there is no public {ours}");

    [Theory]
    [InlineData("register", "LogIn")]
    [InlineData("heartbeatInterval", "HeartbeatInterval")]
    [InlineData("lineRate", "LineRate")]
    [InlineData("password", "ServerPassword")]
    [InlineData("realname", "RealName")]
    [InlineData("username", "UserName")]
    [InlineData("userinfo", "UserInfo")]
    [InlineData("fingerReply", "FingerReply")]
    [InlineData("versionName", "VersionReply")]
    [InlineData("sourceURL", "SourceReply")]
    public void What_it_has_set_is_a_property_or_a_method(string twisted, string ours) =>
        Assert.True(Members(ours).Any(IsVirtual), $"{twisted}: there is no virtual {ours}");

    private static MemberInfo[] Members(string name) => typeof(IrcClient).GetMember(
        name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance);

    private static bool IsVirtual(MemberInfo member) => Method(member) is { IsVirtual: true, IsFinal: false } method
        && (method.IsPublic || method.IsFamily);

    private static bool IsPublic(MemberInfo member) => Method(member) is { IsPublic: true };

    private static MethodInfo? Method(MemberInfo member) => member switch
    {
        MethodInfo method => method,
        PropertyInfo property => property.GetMethod,
        _ => null,
    };
}
