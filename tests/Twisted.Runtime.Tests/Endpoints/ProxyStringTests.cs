using Twisted.Conformance;
using Twisted.Logging;

namespace Twisted.Tests;

/// <summary><c>haproxy:</c> strings, and what the log says of those that are not believed.</summary>
public class ProxyStringTests : FaultTests
{
    private readonly StringWriter _log = new();

    private string[] Refusals =>
        [.. _log.ToString().Split('\n').Where(line => line.Contains("PROXY", StringComparison.Ordinal))];

    protected override IReactor CreateReactor() => Reactor.Create(new ReactorOptions
    {
        Kind = Kind,
        HandleSignals = false,
        Logging = new ObserverLoggerFactory(new TextLogObserver(_log)),
    });

    private static async Deferred<int> Listen(IReactor reactor, string options, Probe server) => (await Endpoints
        .Server(reactor, $"haproxy:{options}tcp:0:interface=127.0.0.1").Listen(Factory.For(() => server))).Host.Port;

    [Fact]
    public void Bad_headers_are_told_once_with_the_first_source() => Run(async reactor =>
    {
        var server = new Probe();
        int port = await Listen(reactor, "", server);
        string? first = null;
        for (int i = 0; i < 5; i++)
        {
            Probe client = Dial(reactor, port);
            await client.Made;
            first ??= $"{client.Transport.Host}";
            client.Transport.Write("GET / HTTP/1.1\r\n\r\n"u8);
            Assert.IsType<ConnectionLostException>(await client.Lost);
        }
        Assert.Equal(0, server.MadeCount);
        Assert.Contains($"The PROXY header from {first} is refused: ", Assert.Single(Refusals),
            StringComparison.Ordinal);
    });

    [Fact]
    public void Who_is_not_trusted_is_reset_at_once_and_told() => Run(async reactor =>
    {
        int port = await Listen(reactor, "trust=10.0.0.0/8,127.0.0.2:", new Probe());
        Probe client = Dial(reactor, port);
        await client.Made;
        string source = $"{client.Transport.Host}";
        Assert.IsType<ConnectionLostException>(await client.Lost); // though it said nothing
        Assert.Contains($"The PROXY header from {source} is refused: it is no trusted source.",
            Assert.Single(Refusals), StringComparison.Ordinal);
    });

    [Fact]
    public void Who_is_in_a_network_that_is_trusted_is_believed() => Run(async reactor =>
    {
        var server = new Probe();
        int port = await Listen(reactor, "trust=10.0.0.0/8,127.0.0.0/8:", server);
        Probe client = Dial(reactor, port);
        await client.Made;
        client.Transport.Write("PROXY TCP4 192.0.2.1 192.0.2.2 1000 80\r\nhello"u8);
        await Until(reactor, () => server.Received.Count == 5);
        Assert.Equal("192.0.2.1", server.Transport.Peer.Host);
        Assert.Empty(Refusals);
    });

    [Fact]
    public void Who_does_not_speak_is_reset_after_the_timeout() => Run(async reactor =>
    {
        int port = await Listen(reactor, "timeout=1:", new Probe());
        Assert.IsType<ConnectionLostException>(await Dial(reactor, port).Lost);
        Assert.Contains("it was not complete after 1 seconds", Assert.Single(Refusals), StringComparison.Ordinal);
    });
}
