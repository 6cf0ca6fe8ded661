using Twisted.Testing;

namespace Twisted.Tests;

public class EndpointStringTests
{
    private readonly MemoryReactor _memory = new(new VirtualClock());

    [Theory]
    [InlineData("tcp:8007")]
    [InlineData("tcp:port=8007")]
    [InlineData("tcp:8007:interface=127.0.0.1")]
    [InlineData("tcp:8007:127.0.0.1:50")]
    [InlineData("tcp:backlog=50:port=8007:interface=127.0.0.1")]
    [InlineData(@"tcp:8007:interface=\:\:1")]
    [InlineData("tcp:8007:reuseport=1")]
    [InlineData("tcp:8007:keepalive=1:nodelay=0")]
    [InlineData("tcp:8007:keepalive=60,10,3:userTimeout=20")]
    [InlineData("tcp6:8007")]
    [InlineData(@"tcp6:8007:interface=\:\:1")]
    [InlineData("haproxy:tcp:8007")]
    [InlineData(@"haproxy:tcp:8007:interface=\:\:1")]
    [InlineData(@"haproxy:trust=10.0.0.0/8,2001\:db8\:\:1,127.0.0.1:timeout=5:tcp:8007:backlog=5")]
    [InlineData("haproxy:haproxy:tcp:8007")]
    public void A_server_string_listens(string description)
    {
        Endpoints.Server(_memory.Reactor, description).Listen(() => new Silent()).Forget();
        Assert.Equal(8007, Assert.Single(_memory.TcpServers).Port);
    }

    [Theory]
    [InlineData("tcp:localhost:8007")]
    [InlineData("tcp:host=localhost:port=8007")]
    [InlineData("tcp:localhost:port=8007:timeout=5:bindAddress=127.0.0.1")]
    [InlineData(@"tcp:\localhost:8007")]
    public void A_client_string_connects(string description)
    {
        Endpoints.Client(_memory.Reactor, description).Connect(() => new Silent()).AddErrback(_ => { }).Forget();
        Assert.Equal(("localhost", 8007), (_memory.TcpClients[0].Host, _memory.TcpClients[0].Port));
    }

    [Theory]
    [InlineData("", "unknown prefix ''")]
    [InlineData("8007", "unknown prefix '8007'")]
    [InlineData("gopher:70", "unknown prefix 'gopher'; known are haproxy, ")]
    [InlineData("port=8007", "it begins with a prefix")]
    [InlineData("tcp", "the port is missing")]
    [InlineData("tcp:", "the port is missing")]
    [InlineData("tcp:abc", "the port must be a number from 0 to 65535, not 'abc'")]
    [InlineData("tcp:-1", "not '-1'")]
    [InlineData("tcp:+1", "not '+1'")]
    [InlineData("tcp: 1", "not ' 1'")]
    [InlineData("tcp:65536", "not '65536'")]
    [InlineData("tcp:4294967297", "not '4294967297'")]
    [InlineData("tcp:1:interface=example.com", "the interface must be an address of this machine")]
    [InlineData("tcp:1:backlog=0", "the backlog must be a number from 1 to 65535")]
    [InlineData("tcp:1:reuseport=2", "the reuseport must be a number from 0 to 1")]
    [InlineData("tcp:1:2.3.4.5:50:0:0:5:1:more", "'more' is one argument too many")]
    [InlineData("tcp:1:colour=red", "'tcp' has no argument 'colour'; it takes port, interface, backlog, ")]
    [InlineData("tcp:1:port=2", "'port' is given twice")]
    [InlineData("tcp:1:backlog=2:backlog=3", "'backlog' is given twice")]
    [InlineData("tcp:1:keepalive=2", "keepalive is 0, 1, or IDLE,INTERVAL,COUNT (seconds, seconds, a number), not '2'")]
    [InlineData("tcp:1:keepalive=1,2", "not '1,2'")]
    [InlineData("tcp:1:keepalive=1,2,x", "the keepalive's count must be a number from 1 to 127, not 'x'")]
    [InlineData("tcp:1:nodelay=yes", "the nodelay must be a number from 0 to 1, not 'yes'")]
    [InlineData("tcp6:1:127.0.0.1", "the interface must be an IPv6 address of this machine, not '127.0.0.1'")]
    [InlineData("haproxy", "the endpoint that 'haproxy' wraps is missing, as in 'haproxy:tcp:8080'")]
    [InlineData("haproxy:timeout=5", "the endpoint that 'haproxy' wraps is missing")]
    [InlineData("haproxy:trust=here:tcp:80", "'here' in trust is neither an address nor a network")]
    [InlineData("haproxy:colour=red:tcp:80", "'haproxy' has no argument 'colour'; it takes trust, timeout")]
    [InlineData("unix:/run/x", "has no UNIX sockets")]
    [InlineData("unix", "the address is missing, as in 'unix:ADDRESS'")]
    [InlineData("ssl:443", "has no 'ssl', which needs an operating system")]
    [InlineData("tls:/etc/ssl:tcp:443", "has no 'tls'")]
    [InlineData("fd:3", "has no 'fd'")]
    [InlineData("systemd:INET:0", "has no 'systemd'")]
    [InlineData("stdio:", "has no standard input and output (no IReactorStandardIO)")]
    [InlineData("stdio", "has no standard input and output (no IReactorStandardIO)")]
    [InlineData("stdio:3", "'3' is one argument too many; 'stdio' takes none")]
    [InlineData("stdio::", "'' is one argument too many; 'stdio' takes none")]
    [InlineData("stdio:colour=red", "'stdio' has no argument 'colour'; it takes none")]
    [InlineData("process:/bin/cat", "unknown prefix 'process'")]
    [InlineData("tcp:port=1:127.0.0.1", "stands without a name after arguments with names")]
    public void A_malformed_server_string_says_what_is_wrong(string description, string message)
    {
        var failure = Assert.Throws<FormatException>(() => Endpoints.Server(_memory.Reactor, description));
        Assert.StartsWith($"Malformed endpoint '{description}': ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Theory]
    [InlineData("tcp:localhost", "the port is missing")]
    [InlineData("tcp:localhost:0", "the port must be a number from 1 to 65535")]
    [InlineData("tcp::80", "the host is missing")]
    [InlineData("tcp:localhost:80:timeout=never", "the timeout must be a number")]
    [InlineData("tcp:localhost:80:bindAddress=here", "the bindAddress must be an address")]
    [InlineData("process:/bin/cat", "has no processes (no IReactorProcess)")]
    [InlineData("process", "the file is missing, as in 'process:FILE'")]
    [InlineData("process:", "the file is missing")]
    [InlineData("process:/usr/bin/env:A=1", "'process' has no argument 'A'; it takes file, cwd")]
    [InlineData("process:/bin/ls:cwd=/:-l", "'-l' stands without a name after arguments with names")]
    [InlineData("process:/bin/ls:cwd=/:cwd=/tmp", "'cwd' is given twice")]
    [InlineData("stdio:", "unknown prefix 'stdio'")]
    [InlineData("ssl:localhost:443", "has no 'ssl', which needs an operating system")]
    public void A_malformed_client_string_says_what_is_wrong(string description, string message)
    {
        var failure = Assert.Throws<FormatException>(() => Endpoints.Client(_memory.Reactor, description));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("::1", @"\:\:1")]
    [InlineData(@"C:\x=y", @"C\:\\x\=y")]
    public void Quote_makes_any_text_an_argument(string text, string quoted) =>
        Assert.Equal(quoted, Endpoints.Quote(text));

    [Fact]
    public void A_malformed_string_inside_a_wrapper_is_shown_alone()
    {
        var failure = Assert.Throws<FormatException>(
            () => Endpoints.Server(_memory.Reactor, @"haproxy:tcp:8007:interface=\:\:x"));
        Assert.StartsWith(@"Malformed endpoint 'tcp:8007:interface=\:\:x': ", failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_string_has_an_end()
    {
        string longest = "tcp:80:interface=" + new string('\\', 2 * 4087) + "1";
        Assert.Contains("the interface must be", Refused(longest), StringComparison.Ordinal);
        Assert.Contains("longer than 8192", Refused(longest + "0"), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrappers_within_wrappers_have_an_end_and_a_refusal_leaves_nothing_behind()
    {
        string most = string.Concat(Enumerable.Repeat("haproxy:", 15)) + "tcp:80";
        for (int i = 0; i < 20; i++)
            Assert.Contains("the last of more than 16 endpoints", Refused("haproxy:" + most), StringComparison.Ordinal);
        Assert.NotNull(Endpoints.Server(_memory.Reactor, most));
    }

    private string Refused(string description) =>
        Assert.Throws<FormatException>(() => Endpoints.Server(_memory.Reactor, description)).Message;

    [Theory]
    [InlineData("own", "|")]
    [InlineData("own:a", "a|")]
    [InlineData("own:a:b:c", "a|b,c")]
    [InlineData(@"own:a::b\:c\=d:", "a|,b:c=d,")]
    [InlineData("own:a:b:option=c", "a|b")]
    [InlineData("own:first=a", "a|")]
    public void A_list_is_what_stands_in_the_places_after_the_others(string text, string expected)
    {
        EndpointDescription description = EndpointDescription.Parse(text);
        IReadOnlyList<string> list = description.TakeList(1, "first", "option");
        Assert.Equal(expected, $"{description.Text("first")}|{string.Join(',', list)}");
    }

    [Fact]
    public void A_prefix_can_be_registered_once()
    {
        var parser = new OwnParser();
        Endpoints.RegisterServer("own", parser);
        Endpoints.RegisterClient("own", parser);
        Endpoints.Server(_memory.Reactor, "own:8007").Listen(() => new Silent()).Forget();
        Assert.Equal(8007, Assert.Single(_memory.TcpServers).Port);
        Endpoints.Client(_memory.Reactor, "own:8007").Connect(() => new Silent()).Forget();
        Assert.Equal(8007, Assert.Single(_memory.TcpClients).Port);
        var failure = Assert.Throws<FormatException>(() => Endpoints.Server(_memory.Reactor, "own:8007:9"));
        Assert.Contains("'9' is one argument too many; 'own' takes port", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Endpoints.RegisterServer("own", parser));
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("haproxy")]
    [InlineData("tls")]
    [InlineData("systemd")]
    [InlineData("stdio")]
    [InlineData("process")]
    [InlineData("with:colon")]
    [InlineData("")]
    public void A_known_prefix_cannot_be_registered(string prefix) =>
        Assert.Throws<ArgumentException>(() => Endpoints.RegisterServer(prefix, new OwnParser()));

    [Theory]
    [InlineData("tcp:localhost:80:nodelay=0", false, false)]
    [InlineData("tcp:localhost:80:keepalive=1", true, true)]
    [InlineData("tcp:localhost:80:keepalive=0:nodelay=1", true, false)]
    public void Options_are_set_before_the_protocol_sees_the_connection(
        string description, bool noDelay, bool keepAlive)
    {
        _memory.Reactor.ListenTcp(80, Factory.For(() => new Silent()));
        Asking? asking = null;
        Endpoints.Client(_memory.Reactor, description).Connect(() => new Asking())
            .AddCallback(protocol => { asking = protocol; }).Forget();
        _memory.Clock.Advance(TimeSpan.Zero);
        Assert.Equal((noDelay, keepAlive), (asking!.NoDelay, asking.KeepAlive));
    }

    [Fact]
    public void A_port_in_use_fails_the_Deferred()
    {
        Endpoints.Server(_memory.Reactor, "tcp:8007").Listen(() => new Silent()).Forget();
        Exception? failure = null;
        Endpoints.Server(_memory.Reactor, "tcp:8007").Listen(() => new Silent())
            .AddErrback((CannotListenException e) => { failure = e; }).Forget();
        Assert.NotNull(failure);
    }

    private sealed class Silent : Protocol;

    private sealed class Asking : Protocol
    {
        internal bool NoDelay { get; private set; }

        internal bool KeepAlive { get; private set; }

        protected override void ConnectionMade() =>
            (NoDelay, KeepAlive) = (Transport.Get<ITcpTransport>()!.NoDelay, Transport.Get<ITcpTransport>()!.KeepAlive);
    }

    private sealed class OwnParser : IStreamServerEndpointParser, IStreamClientEndpointParser
    {
        IStreamServerEndpoint IStreamServerEndpointParser.Parse(IReactor reactor, EndpointDescription description)
        {
            description.Take("port");
            return new TcpServerEndpoint(reactor, description.Number("port", 1, 65_535)!.Value);
        }

        IStreamClientEndpoint IStreamClientEndpointParser.Parse(IReactor reactor, EndpointDescription description)
        {
            description.Take("port");
            return new TcpClientEndpoint(reactor, "localhost", description.Number("port", 1, 65_535)!.Value);
        }
    }
}
