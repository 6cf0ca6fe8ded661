namespace Twisted.Cred;

/// <summary>The word <c>anonymous</c>.</summary>
internal sealed class AnonymousString : IAuthStringParser
{
    public string Usage => "anonymous";

    public string Help => "Lets everybody in without a name who asks for that.";

    public ICredentialsChecker Parse(IReactor reactor, EndpointDescription description)
    {
        description.Take();
        return new AnonymousChecker();
    }
}

/// <summary>Names and passwords in the string itself.</summary>
internal sealed class MemoryString : IAuthStringParser
{
    public string Usage => "memory:NAME:PASSWORD[:NAME:PASSWORD]...";

    public string Help => "Users in the command line, where everybody on this machine can read them: for tests.";

    public ICredentialsChecker Parse(IReactor reactor, EndpointDescription description)
    {
        IReadOnlyList<string> words = description.TakeList(0);
        if (words.Count == 0 || words.Count % 2 != 0)
            throw description.Error("it takes pairs of a name and a password, as in 'memory:NAME:PASSWORD'");
        var checker = new InsecureMemoryChecker();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < words.Count; i += 2)
        {
            if (words[i].Length == 0 || !names.Add(words[i]))
                throw description.Error("each name stands there once and is not empty");
            checker.AddUser(words[i], words[i + 1]);
        }
        return checker;
    }
}

/// <summary>A password file.</summary>
internal sealed class FileString : IAuthStringParser
{
    public string Usage => "file:PATH[:ignoreCase=1][:insecurePlainText=1]";

    public string Help =>
        "Users of a file, a line each: NAME:$pbkdf2-sha256$i=600000$SALT$HASH. It is read again when it has changed.";

    public ICredentialsChecker Parse(IReactor reactor, EndpointDescription description)
    {
        description.Take("path", "ignoreCase", "insecurePlainText");
        return new FileChecker(reactor, description.Required("path"), new FileCheckerOptions
        {
            IgnoresCase = description.Flag("ignoreCase") ?? false,
            InsecureAllowPlainText = description.Flag("insecurePlainText") ?? false,
        });
    }
}
