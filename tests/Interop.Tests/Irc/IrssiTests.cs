using System.Globalization;
using Twisted.Conformance;

namespace Interop.Tests.Irc;

/// <summary>People with irssi at <c>twistd ircd</c>, and beside <c>twistd irclog</c>.</summary>
public sealed class IrssiTests : IDisposable
{
    private readonly CertificateFiles _files = new();

    public void Dispose() => _files.Dispose();

    [PeerFact(Peers.Irssi, Peers.Tmux)]
    public async Task A_person_meets_our_client_at_our_server()
    {
        await using RunningProgram server = await Tool.Listen("ircd", options:
            ["--name", "irc.test.example", "--motd", _files.Write("motd.txt", "Be kind.\n")]);
        await using IrssiSession person = await IrssiSession.Start("ann", server.Port);
        await OnReactor.Run(async reactor =>
        {
            Talker bob = await new TcpClientEndpoint(reactor, "127.0.0.1", server.Port)
                .ConnectProtocol(new Talker(reactor, "bob"));
            await bob.Heard("signedOn bob");
            bob.Join("tea");
            await bob.Heard("joined #tea");
            await person.Shows("- Be kind.");
            await person.Type("/join #tea");
            await bob.Heard("userJoined ann #tea");
            await person.Shows("was synced"); // it has asked for the names, the modes and the bans
            await Talk(person, bob);
            await Rule(person, bob);
            await Ask(person, bob);
            await BeAlone(person, bob);
            await person.Type("/quit bye");
            await bob.Heard("userQuit anna Quit: bye");
        });
        await person.Ends();
    }

    [PeerFact(Peers.Irssi, Peers.Tmux)]
    public async Task A_person_logs_in_over_TLS_and_a_wrong_password_is_shown()
    {
        string pair = _files.Pair("server.pem", "localhost");
        await using RunningProgram server = await Tool.Listen("ircd",
            $"ssl:0:interface=127.0.0.1:privateKey={pair}",
            "--name", "irc.test.example", "--auth", "memory:ada:lovelace", "--require-login");
        await using IrssiSession person = await IrssiSession.Start("ann");
        await person.Type(
            $"/server add -network right -tls_verify -tls_cafile {_files.Trust()} localhost {server.Port}");
        await person.Shows("Server localhost saved");
        await person.Type("/network add -sasl_mechanism PLAIN -sasl_username ada -sasl_password guess right");
        await person.Type("/connect right");
        await person.Shows("SASL authentication failed");
        await person.Type("/disconnect right");
        await person.Type("/clear");
        await person.Type("/network add -sasl_password lovelace right");
        await person.Type("/connect right");
        await person.Shows("SASL authentication succeeded");
        await person.Shows("Welcome to the Twisted network, ann!");
        await person.Type("/clear");
        await person.Type("/whois ann");
        await person.Shows("is using a secure connection");
        await person.Shows("account  : ada");
        await person.Type("/quit");
        await person.Ends();
    }

    [PeerFact(Peers.Irssi, Peers.Tmux)]
    public async Task A_person_follows_what_the_demo_says_and_talks_to_the_log_bot()
    {
        string log = Path.Combine(_files.Folder, "tea.log");
        await using RunningProgram demo = await Tool.Start(
            "-n", "irclog", "--demo", "--channel", "#tea", "--nick", "logger", "--file", log);
        string told = await demo.Line("irssi -c 127.0.0.1 -p ");
        Assert.Contains(" -n you, then /join #tea", told, StringComparison.Ordinal);
        int port = int.Parse(told.Split(" -p ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        await using IrssiSession person = await IrssiSession.Start("you", port);
        await person.Shows("Mode change [+i] for user you");
        await person.Type("/join #tea");
        await person.Shows("logger"); // it is there, or it comes
        await person.Type("good morning");
        await person.Type("Logger: who are you?");
        await person.Shows("logger> you: I am a log bot");
        await person.Type("/me pours");
        await person.Type("/query logger");
        await person.Type("psst");
        await person.Shows("<logger> It isn't nice to whisper!  Play nice with the group.");
        await person.Type("/nick visitor");
        await person.Shows("[visitor(+i)]");
        demo.Terminate();
        await demo.Succeeds();
        string[] lines = [.. File.ReadLines(log).Select(line => line[11..])];
        Assert.StartsWith("[connected at ", lines[0], StringComparison.Ordinal);
        Assert.Equal(["[I have joined #tea]", "<you> good morning", "<you> Logger: who are you?",
            "<logger> you: I am a log bot", "* you pours", "<you> psst", "you is now known as visitor"], lines[1..^1]);
        Assert.StartsWith("[disconnected at ", lines[^1], StringComparison.Ordinal);
        await person.Type("/quit");
        await person.Ends();
    }

    private static async Deferred Talk(IrssiSession person, Talker bob)
    {
        bob.Say("tea", "is there tea? café");
        await person.Shows("<@bob> is there tea? café");
        bob.Describe("#tea", "looks around");
        await person.Shows("* bob looks around");
        await person.Type("there is, and crème");
        await bob.Heard("privmsg ann #tea there is, and crème");
        await person.Type("/me pours");
        await bob.Heard("action ann #tea pours");
        await person.Type("/notice #tea hot");
        await bob.Heard("notice ann #tea hot");
    }

    private static async Deferred Rule(IrssiSession person, Talker bob)
    {
        await person.Type("/topic mine");
        await person.Shows("#tea You are not a channel operator");
        bob.Mode("tea", set: true, "o", "ann");
        await person.Shows("mode/#tea [+o ann] by bob");
        await person.Type("/topic green tea");
        await bob.Heard("topic #tea green tea");
        await person.Type("/mode +b x!*@*");
        await bob.Heard("mode #tea +b x!*@*");
        await person.Type("/mode +lk 5 pot");
        await bob.Heard("mode #tea +lk 5 pot");
        await person.Type("/mode -lk pot");
        await bob.Heard("mode #tea -lk");
        await person.Type("/names");
        await person.Shows("#tea: Total of 2 nicks [2 ops, 0 halfops, 0 voices, 0 normal]");
        await person.Type("/nick anna");
        await bob.Heard("userRenamed ann anna");
        await person.Shows("You're now known as anna");
    }

    /// <summary>In its first window: there is what no channel is concerned with.</summary>
    private static async Deferred Ask(IrssiSession person, Talker bob)
    {
        await person.Type("/window 1");
        await person.Type("/ctcp bob version");
        await person.Shows("CTCP VERSION reply from bob: talker 1");
        await person.Type("/whois bob");
        await person.Shows("server   : irc.test.example");
        await person.Shows("End of WHOIS");
        await person.Type("/list -yes");
        await person.Shows("#tea 2 green tea");
        await person.Type("/whois nobody");
        await person.Shows("There is no such nick nobody");
        await person.Type("/away for tea");
        await bob.Heard("away anna for tea");
        await person.Shows("You have been marked as being away");
        bob.Msg("anna", "where?");
        await person.Type("/away");
        await bob.Heard("away anna back");
        await person.Type("/banana");
        await person.Shows("Unknown command: banana");
    }

    private static async Deferred BeAlone(IrssiSession person, Talker bob)
    {
        await person.Type("/query bob");
        await person.Shows("<bob> where?");
        await person.Type("psst");
        await bob.Heard("privmsg anna bob psst");
        await person.Type("/join #nook");
        await person.Shows("anna [~person@127.0.0.1] has joined #nook");
        await person.Type("/invite bob");
        await bob.Heard("invite anna bob #nook");
        bob.Join("nook");
        await person.Shows("bob [~bob@127.0.0.1] has joined #nook");
        await person.Type("/kick bob out");
        await bob.Heard("kickedFrom #nook anna out");
        await person.Type("/window goto #tea");
        await person.Shows("<@bob> is there tea?");
        bob.Kick("tea", "anna", "enough");
        await person.Shows("anna was kicked from #tea by bob [enough]");
        await person.Type("/join #tea");
        await bob.Heard("userJoined anna #tea");
    }
}
