using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Twisted.Application;
using Twisted.Application.Plugins;
using Twisted.Testing;

namespace Twisted.Words.Tests;

/// <summary>What <c>twistd irclog</c> makes of its options.</summary>
public sealed class IrcLogMakerTests : IDisposable
{
    private static readonly IrcLogCommandOptions Usual =
        new() { Server = "tcp:127.0.0.1:6667", Channels = ["#x"], File = "x.log" };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("irclog-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void It_makes_a_bot() =>
        Assert.Equal("the log of #x", Assert.IsType<IrcLogBotService>(Make(Usual)).ToString());

    [Fact]
    public void A_demonstration_needs_no_more() =>
        Assert.IsType<IrcLogDemo>(Make(new IrcLogCommandOptions { IsDemo = true }));

    [Fact]
    public void Passwords_come_from_files()
    {
        string file = Path.Combine(_folder.FullName, "login");
        File.WriteAllText(file, "ann:se:cret\n");
        Make(Usual with { SaslFile = file, PasswordFile = file });
        File.WriteAllText(file, "ann\n");
        Assert.Contains("ACCOUNT:PASSWORD", Refused(Usual with { SaslFile = file }), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Refused(Usual with { PasswordFile = file + "x" }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_is_told_before_it_starts()
    {
        Assert.Contains("--channel", Refused(Usual with { Channels = [] }), StringComparison.Ordinal);
        Assert.Contains("--server", Refused(Usual with { Server = null }), StringComparison.Ordinal);
        Assert.Contains("--file", Refused(Usual with { File = "" }), StringComparison.Ordinal);
        Assert.Contains("'a b' is no channel", Refused(Usual with { Channels = ["a b"] }), StringComparison.Ordinal);
        Assert.Contains("is no nickname", Refused(Usual with { Nickname = "" }), StringComparison.Ordinal);
        Refused(Usual with { Server = "nothing:7" });
        Refused(Usual with { RejoinDelay = TimeSpan.Zero });
        Refused(Usual with { ReconnectDelay = TimeSpan.Zero });
        Assert.Contains("--demo", Refused(Usual with { IsDemo = true }), StringComparison.Ordinal);
    }

    private static IService Make(IrcLogCommandOptions options) =>
        new IrcLogMaker().MakeService(options, new Process(new MemoryReactor(new VirtualClock()).Reactor));

    private static string Refused(IrcLogCommandOptions options) =>
        Assert.Throws<FormatException>(() => Make(options)).Message;

    private sealed class Process(IReactor reactor) : IApplicationContext
    {
        public IReactor Reactor => reactor;

        public ILoggerFactory Logging => NullLoggerFactory.Instance;

        public IService Serve(string endpoint, IProtocolFactory factory) => throw new NotSupportedException();
    }
}
