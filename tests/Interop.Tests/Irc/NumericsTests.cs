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
    private static bool IsToAnn(string line) => !line.StartsWith(":bob!", StringComparison.Ordinal);

    /// <summary>The number or the command, and how many parameters it has.</summary>
    private static string Shape(string line)
    {
        string rest = line.StartsWith(':') ? line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..] : line;
        string[] halves = rest.Split(" :", 2);
        string[] words = halves[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return $"{words[0]}/{words.Length - 1 + halves.Length - 1}";
    }
}
