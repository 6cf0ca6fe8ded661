namespace Interop.Tests.Irc;

/// <summary>
/// What users of ngircd would notice at our server: the same lines said to both, good ones and bad ones, and the
/// numbers, commands and counts of parameters that come back. The words are not compared.
/// </summary>
public sealed class NumericsTests : IDisposable
{
    private static readonly string[] Lines =
    [
        "NICK", "NICK 9x", "NICK bob", "NICK ann", "USER a b c d", "PASS x", "NONSENSE bar",
        "JOIN", "JOIN tea", "JOIN #tea", "JOIN #tea", "JOIN #one,#two", "JOIN 0", "PART", "PART #none", "PART #bobs",
        "JOIN #tea", "NAMES #tea", "NAMES #none", "NAMES",
        "TOPIC", "TOPIC #tea", "TOPIC #tea :green", "TOPIC #tea", "TOPIC #none", "TOPIC #bobs :mine",
        "MODE", "MODE #tea", "MODE #tea b", "MODE #tea +b x", "MODE #tea +b x", "MODE #tea b", "MODE #tea -b x",
        "MODE #tea +bb y z", "MODE #tea +b-b w w", "MODE #tea +e z", "MODE #tea e", "MODE #tea +l", "MODE #tea +l 5",
        "MODE #tea +l x", "MODE #tea -l", "MODE #tea +k", "MODE #tea +k key", "MODE #tea -k key", "MODE #tea +y",
        "MODE #tea +o nobody", "MODE #tea +o bob", "MODE #none +m", "MODE #bobs", "MODE #bobs +m", "MODE #tea +m",
        "MODE ann", "MODE ann +i", "MODE ann +y", "MODE ann +o", "MODE bob", "MODE nobody",
        "PRIVMSG", "PRIVMSG #tea", "PRIVMSG #tea :", "PRIVMSG #tea :hello", "PRIVMSG #bobs :hello",
        "PRIVMSG #none :hello", "PRIVMSG nobody :hello", "PRIVMSG bob :hello", "NOTICE", "NOTICE nobody :hello",
        "AWAY :tea", "WHOIS ann", "AWAY", "WHO #tea", "WHO bob", "WHO nobody", "WHOIS", "WHOIS bob", "WHOIS nobody",
        "WHOWAS", "WHOWAS nobody", "ISON", "ISON bob nobody", "ISON nobody", "USERHOST", "USERHOST bob nobody",
        "INVITE", "INVITE bob", "INVITE nobody #tea", "INVITE bob #tea", "INVITE bob #none", "INVITE bob #bobs",
        "KICK", "KICK #tea", "KICK #tea nobody", "KICK #tea bob", "KICK #none bob", "KICK #bobs bob",
        "LIST #tea", "LIST #none", "LIST", "LUSERS", "MOTD", "MOTD else.where", "VERSION", "VERSION else.where",
        "TIME", "TIME else.where", "ADMIN", "INFO", "LINKS", "STATS u", "PING", "PING x", "PING x else.where", "PONG",
        "CAP LS", "CAP LIST", "CAP REQ :nonsense", "CAP END", "OPER", "OPER a", "KILL bob :x", "WALLOPS :x", "REHASH",
        "DIE", "CONNECT", "SQUIT", "SUMMON", "USERS", "HELP", "TRACE", "SERVLIST", "ERROR", "PART #tea :bye",
        "PART #tea", "QUIT :bye",
    ];

    /// <summary>The line, what ngircd answers, what our server answers, and why that is right.</summary>
    private static readonly (string Line, string Theirs, string Ours, string Why)[] Differences =
    [
        ("NICK", "461/3", "431/2", "431 is the number for it"),
        ("JOIN 0", "PART/2 PART/2 PART/2", "PART/1 PART/1 PART/1", "a PART without a reason has none"),
        ("NAMES", "353/4 353/4 366/3", "366/3", "a channel is to be named: the names of all channels have no bound"),
        ("MODE #tea +bb y z", "MODE/3 MODE/3", "MODE/4", "changes that are made together are told together"),
        ("MODE #tea +b-b w w", "MODE/3 MODE/3", "MODE/4", "changes that are made together are told together"),
        ("MODE #tea +l", "", "461/3", "what is missing is said"),
        ("MODE #tea +l x", "", "696/5", "what is wrong is said"),
        ("MODE #tea +k", "", "461/3", "what is missing is said"),
        ("MODE #none +m", "401/3", "403/3", "403 is the number for a channel"),
        ("MODE ann +o", "481/2", "", "ignored, as RFC 2812 (3.1.5) has it"),
        ("PRIVMSG #tea :", "", "412/2", "an empty text is no text"),
        ("PRIVMSG #bobs :hello", "", "404/3", "a new channel has n: nobody outside speaks in it"),
        ("PRIVMSG #none :hello", "401/3", "403/3", "403 is the number for a channel"),
        ("WHOIS ann", "311/6 312/4 319/3 378/3 379/3 317/5 301/3 318/3", "311/6 319/3 312/4 301/3 317/5 318/3",
            "the order is free, and hosts and modes are not told"),
        ("WHOIS bob", "311/6 312/4 319/3 317/5 318/3", "311/6 319/3 312/4 317/5 318/3", "the order is free"),
        ("INVITE bob #none", "341/3", "403/3", "nobody can be invited to what is not there"),
        ("LIST", "321/3 322/4 322/4 322/4 323/2", "321/3 322/4 322/4 323/2",
            "there is no channel of the server's own"),
        ("LUSERS", "251/2 254/3 255/2 265/4 266/4 250/2", "251/2 254/3 255/2 265/4 266/4",
            "connections are not counted from the start"),
        ("VERSION", "351/4 005/10 005/13", "351/4 005/11 005/10",
            "what is supported is told in two lines too, of other lengths"),
        ("ADMIN", "256/3 257/2 258/2 259/2", "423/3", "nothing is said where nothing is known"),
        ("INFO", "371/2 371/2 371/2 374/2", "371/2 371/2 374/2", "there is no date of birth"),
        ("PING x else.where", "402/3", "PONG/2", "the second word is ignored: clients put anything there"),
        ("PONG", "409/2", "", "any line is a sign of life"),
        ("CONNECT", "461/3", "421/3", "there are no links"),
        ("SQUIT", "461/3", "421/3", "there are no links"),
        ("SUMMON", "445/2", "421/3", "not there, so not known"),
        ("USERS", "446/2", "421/3", "not there, so not known"),
        ("HELP", "NOTICE/2 NOTICE/2 NOTICE/2 NOTICE/2 NOTICE/2 NOTICE/2 NOTICE/2", "421/3", "clients have their own"),
        ("TRACE", "262/4", "421/3", "there are no links"),
        ("SERVLIST", "235/4", "421/3", "there are no services"),
        ("ERROR", "", "421/3", "for servers alone, and there are no links"),
        ("QUIT :bye", "NOTICE/2 ERROR/1", "ERROR/1", "bytes are not counted for it"),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("irc-numerics-");

    public void Dispose() => _folder.Delete(recursive: true);

    [PeerFact(Peers.Ngircd)]
    public async Task Our_server_answers_as_ngircd_does_except_where_it_is_said_why()
    {
        await using IrcServer other = await IrcServer.Ngircd();
        string motd = Path.Combine(_folder.FullName, "motd.txt");
        await File.WriteAllTextAsync(motd, "hello\n");
        await using RunningProgram ours = await Tool.Listen("ircd", options:
            ["--name", "irc.test.example", "--motd", motd, "--flood-burst", "0"]);
        string[] theirs = await Answers(other.Port);
        string[] answers = await Answers(ours.Port);
        string known = string.Join('\n', Differences.Select(one => $"{one.Line} | {one.Theirs} | {one.Ours}"));
        string found = string.Join('\n',
            from one in Lines.Zip(theirs, answers)
            where one.Second != one.Third
            select $"{one.First} | {one.Second} | {one.Third}");
        Assert.True(known == found, found); // the whole of it: one line more tells which
        Assert.All(Differences, one => Assert.NotEmpty(one.Why));
    }

    private static async Task<string[]> Answers(int port)
    {
        using Guest bob = await Guest.Enter(port, "bob");
        await bob.Asks("JOIN #bobs");
        using Guest ann = await Guest.Enter(port, "ann");
        var answers = new List<string>();
        foreach (string line in Lines)
        {
            if (line == "MODE #tea +o bob")
                await bob.Asks("JOIN #tea");
            answers.Add(string.Join(' ', (await ann.Asks(line)).Where(IsToAnn).Select(Shape)));
        }
        return [.. answers];
    }

    /// <summary>When bob comes is not compared.</summary>
    private static bool IsToAnn(string line) =>
        !line.StartsWith(":bob!", StringComparison.Ordinal) || !line.Contains(" JOIN ", StringComparison.Ordinal);

    /// <summary>The number or the command, and how many parameters it has.</summary>
    private static string Shape(string line)
    {
        string rest = line.StartsWith(':') ? line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..] : line;
        string[] halves = rest.Split(" :", 2);
        string[] words = halves[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return $"{words[0]}/{words.Length - 1 + halves.Length - 1}";
    }
}
