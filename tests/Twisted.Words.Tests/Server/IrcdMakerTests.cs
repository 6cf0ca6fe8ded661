using Microsoft.Extensions.Logging;
using Twisted.Application;
using Twisted.Application.Plugins;
using Twisted.Testing;

namespace Twisted.Words.Tests.Server;

public sealed class IrcdMakerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ircd");
    private readonly Application _application = new();

    private string MotdPath => Path.Combine(_folder.FullName, "motd");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void It_serves_on_every_port_as_the_options_say()
    {
        File.WriteAllText(MotdPath, "one\r\ntwo\n");
        IService service = Make(new IrcdCommandOptions
        {
            Ports = ["tcp:6667", "tcp:6668"],
            Name = "irc.test",
            Motd = MotdPath,
            Auth = ["memory:ada:lovelace"],
            RequiresLogin = true,
            OperAuth = ["memory:root:toor"],
        });
        service.StartService().SuccessResult();
        Assert.Equal(["tcp:6667", "tcp:6668"], _application.Served);
        MemoryPeer ada = _application.Memory.Connect(6668);
        ada.Send("PASS lovelace\r\nNICK ada\r\nUSER ada 0 * :Ada\r\nOPER root toor\r\n");
        Assert.Contains("372 ada :- one\r\n:irc.test 372 ada :- two\r\n:irc.test 376", ada.Received,
            StringComparison.Ordinal);
        Assert.Contains(" 381 ", ada.Received, StringComparison.Ordinal);

        File.WriteAllText(MotdPath, "three");
        ((IReloadable)service).Reload().SuccessResult();
        ada.Clear();
        ada.Send("MOTD\r\n");
        Assert.Contains("372 ada :- three\r\n", ada.Received, StringComparison.Ordinal);
        File.Delete(MotdPath);
        ((IReloadable)service).Reload().FailureResult<FormatException>();

        ada.Close();
        service.StopService().Forget();
        _application.Memory.Clock.Advance(TimeSpan.Zero);
        Janitor.AssertClean(_application.Memory.Clock);
    }

    [Fact]
    public void Unless_told_otherwise_it_listens_on_this_machine_only()
    {
        Make(new IrcdCommandOptions());
        Assert.Equal(["tcp:6667:interface=127.0.0.1"], _application.Served);
    }

    [Fact]
    public void What_makes_no_sense_is_told()
    {
        Assert.Throws<FormatException>(() => Make(new IrcdCommandOptions { Name = "a b" }));
        Assert.Throws<FormatException>(() => Make(new IrcdCommandOptions { RequiresLogin = true }));
        Assert.Throws<FormatException>(() => Make(new IrcdCommandOptions { Auth = ["nonsense"] }));
        Assert.Throws<FormatException>(() => Make(new IrcdCommandOptions { Motd = MotdPath }));
        File.WriteAllBytes(MotdPath, new byte[70_000]);
        Assert.Throws<FormatException>(() => Make(new IrcdCommandOptions { Motd = MotdPath }));
    }

    private IService Make(IrcdCommandOptions options) => new IrcdMaker().MakeService(options, _application);

    private sealed class Application : IApplicationContext
    {
        internal MemoryReactor Memory { get; } = new(new VirtualClock());

        internal List<string> Served { get; } = [];

        public IReactor Reactor => Memory.Reactor;

        public ILoggerFactory Logging { get; } = new LogCapture().Logging;

        public IService Serve(string endpoint, IProtocolFactory factory)
        {
            Served.Add(endpoint);
            return new StreamServerService(Reactor, Endpoints.Server(Reactor, endpoint), factory);
        }
    }
}
