namespace Twisted.Cred.Tests;

/// <summary>A reactor in memory, a folder that is removed, and short words for what every test does.</summary>
public abstract class CredTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cred");

    protected CredTests() => Reactor = new MemoryReactor(Clock).Reactor;

    internal interface IMailbox
    {
        string Owner { get; }
    }

    internal sealed record Mailbox(string Owner) : IMailbox;

    protected VirtualClock Clock { get; } = new();

    protected IReactor Reactor { get; }

    protected string UsersPath => Path.Combine(_folder.FullName, "users");

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Few iterations: these tests are about other things.</summary>
    internal static string Quick(string name, string password, int iterations = 1000) =>
        $"{name}:{Passwords.Hash(password, iterations: iterations)}";

    /// <summary>Writes the file, and makes sure that its time differs from the last one's.</summary>
    protected void WriteUsers(params string[] lines)
    {
        DateTime last = File.GetLastWriteTimeUtc(UsersPath);
        File.WriteAllText(UsersPath, string.Concat(lines.Select(line => line + "\n")));
        if (File.GetLastWriteTimeUtc(UsersPath) <= last)
            File.SetLastWriteTimeUtc(UsersPath, last.AddMilliseconds(10));
    }

    /// <summary>Lets the threads of the reactor in memory work.</summary>
    protected void Work() => Clock.Advance(TimeSpan.Zero);

    internal Deferred<AvatarId> Ask(ICredentialsChecker checker, string name, string password)
    {
        Deferred<AvatarId> answer = checker.RequestAvatarId(new UsernamePassword(name, password));
        Work();
        return answer;
    }

    internal static Realm MailRealm() => new Realm().Add<IMailbox>(id => new Mailbox(id.Name ?? "nobody"));
}
