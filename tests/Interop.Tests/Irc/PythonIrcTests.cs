namespace Interop.Tests.Irc;

/// <summary>python3-irc, the library behind many bots, at <c>twistd ircd</c>.</summary>
public sealed class PythonIrcTests
{
    [PeerFact(Peers.PythonIrc)]
    public async Task A_bot_of_others_and_our_client_understand_each_other()
    {
        await using RunningProgram server = await Tool.Listen("ircd", options: ["--name", "irc.test.example"]);
        await using RunningProgram its = Python.Start("irc_client.py", $"{server.Port}", "snake");
        await its.Line("welcome irc.test.example snake");
        await OnReactor.Run(async reactor =>
        {
            Talker ours = await new TcpClientEndpoint(reactor, "127.0.0.1", server.Port)
                .ConnectProtocol(new Talker(reactor));
            await ours.Heard("signedOn bot");
            ours.Join("tea");
            await ours.Heard("joined #tea");
            await ItSpeaks(its, ours);
            await WeSpeak(its, ours);
            await its.Send("join\t#tea\nquit\tbye\n");
            await ours.Heard("userJoined viper #tea");
            await ours.Heard("userQuit viper Quit: bye");
        });
        await its.Line("disconnect");
        await its.Succeeds();
    }

    private static async Deferred ItSpeaks(RunningProgram its, Talker ours)
    {
        await its.Send("join\t#tea\n");
        await ours.Heard("userJoined snake #tea");
        await its.Line("namreply irc.test.example snake = #tea ");
        await its.Line("endofnames");
        await its.Send("privmsg\t#tea\tis there tea? café\n");
        await ours.Heard("privmsg snake #tea is there tea? café");
        await its.Send("action\t#tea\twaits\n");
        await ours.Heard("action snake #tea waits");
        await its.Send("notice\tbot\thm\n");
        await ours.Heard("notice snake bot hm");
        await its.Send("topic\t#tea\tgreen\n");
        await its.Line("chanoprivsneeded irc.test.example snake #tea");
        ours.Mode("tea", set: true, "o", "snake");
        await its.Line("mode bot #tea +o snake");
        await its.Send("topic\t#tea\tgreen tea\n");
        await ours.Heard("topic #tea green tea");
        await its.Send("mode\t#tea\t+bv x bot\n");
        await ours.Heard("mode #tea +bv x!*@* bot");
        await its.Send("nick\tviper\n");
        await ours.Heard("userRenamed snake viper");
        await its.Line("nick snake viper");
        await its.Send("ping\ttoken\n");
        await its.Line("pong irc.test.example irc.test.example token");
    }

    private static async Deferred WeSpeak(RunningProgram its, Talker ours)
    {
        ours.Say("tea", "there is");
        await its.Line("pubmsg bot #tea there is");
        ours.Msg("viper", "psst");
        await its.Line("privmsg bot viper psst");
        await its.Send("ctcp\tVERSION\tbot\n");
        await its.Line("ctcpreply bot viper VERSION talker 1");
        ours.CtcpQuery("viper", "VERSION");
        await its.Line("ctcp bot viper VERSION");
        await its.Send("ctcp_reply\tbot\tVERSION snake 1\n");
        await ours.Heard("reply viper VERSION snake 1");
        await its.Send("whois\tbot\n");
        await its.Line("whoisuser irc.test.example viper bot ~bot 127.0.0.1 * ");
        await its.Line("whoischannels irc.test.example viper bot @#tea"); // it has not asked for all marks
        await its.Line("endofwhois");
        await its.Send("list\n");
        await its.Line("list irc.test.example viper #tea 2 green tea");
        ours.Kick("tea", "viper", "enough");
        await its.Line("kick bot #tea viper enough");
        await its.Send("privmsg\t#tea\thello?\n");
        await its.Line("cannotsendtochan irc.test.example viper #tea");
        ours.Invite("viper", "tea");
        await its.Line("invite bot viper #tea");
    }
}
