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
    [InlineData("gopher:70", "unknown prefix 'gopher'; known are tcp")]
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
    [InlineData("tcp:1:2.3.4.5:50:0:more", "'more' is one argument too many")]
    [InlineData("tcp:1:colour=red", "'tcp' has no argument 'colour'; it takes port, interface, backlog, reuseport")]
    [InlineData("tcp:1:port=2", "'port' is given twice")]
    [InlineData("tcp:1:backlog=2:backlog=3", "'backlog' is given twice")]
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
    public void A_port_in_use_fails_the_Deferred()
    {
        Endpoints.Server(_memory.Reactor, "tcp:8007").Listen(() => new Silent()).Forget();
        Exception? failure = null;
        Endpoints.Server(_memory.Reactor, "tcp:8007").Listen(() => new Silent())
            .AddErrback((CannotListenException e) => { failure = e; }).Forget();
        Assert.NotNull(failure);
    }

    private sealed class Silent : Protocol;
}
