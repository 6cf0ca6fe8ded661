using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Twisted.Application;

namespace Twisted.Hosting.Tests;

/// <summary>What is injected, how long it lives, and on which thread it is used.</summary>
public class InjectionTests
{
    private const string Free = "tcp:0:interface=127.0.0.1";

    [Fact]
    public async Task The_reactor_and_its_facets_are_one_object()
    {
        await using RunningHost host = await RunningHost.Start(services => services.AddReactor().AddReactor());
        Type[] facets =
        [
            .. typeof(IReactor).Assembly.GetExportedTypes().Where(type => type.IsInterface
                && type.Name.StartsWith(nameof(IReactor), StringComparison.Ordinal)
                && type.IsInstanceOfType(host.Reactor)),
        ];
        Assert.True(facets.Length > 10);
        Assert.All(facets, facet => Assert.Same(host.Reactor, host.Host.Services.GetService(facet)));
    }

    [Fact]
    public async Task A_facet_that_the_reactor_lacks_says_so()
    {
        await using RunningHost host = await RunningHost.Start(services =>
            services.AddReactor(options => options with { Kind = ReactorKind.Portable }));
        var failure = Assert.Throws<NotSupportedException>(host.Host.Services.GetRequiredService<IReactorFds>);
        Assert.StartsWith("The host's reactor has no IReactorFds.", failure.Message, StringComparison.Ordinal);
    }

    private sealed class Visits
    {
        internal int Count { get; set; }
    }

    private sealed class Session : IAsyncDisposable
    {
        internal static TaskCompletionSource Disposed { get; set; } = new();

        public ValueTask DisposeAsync()
        {
            Disposed.TrySetResult();
            return default;
        }
    }

    private sealed class Greeter(Visits visits, Session session, Session same) : Protocol
    {
        protected override void ConnectionMade() =>
            Transport.Write(Encoding.ASCII.GetBytes($"{++visits.Count}{(ReferenceEquals(session, same) ? "=" : "!")}"));
    }

    [Fact]
    public async Task A_connection_is_a_scope_that_ends_with_it()
    {
        Session.Disposed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RunningHost host = await RunningHost.Start(services => services
            .AddSingleton<Visits>().AddScoped<Session>()
            .AddStreamServer("greeter", Free, scope => ActivatorUtilities.CreateInstance<Greeter>(scope)));
        using (TcpClient first = await host.Connect("greeter"))
        using (TcpClient second = await host.Connect("greeter"))
        {
            Assert.Equal(["1=", "2="], new[] { await first.Read(2), await second.Read(2) }.Order());
            Assert.False(Session.Disposed.Task.IsCompleted);
        }
        await Session.Disposed.Task.WaitAsync(RunningHost.Patience);
    }

    [Fact]
    public async Task A_protocol_that_cannot_be_built_closes_its_connection_and_no_other()
    {
        await using RunningHost host = await RunningHost.Start(services => services
            .AddStreamServer("broken", Free, scope => ActivatorUtilities.CreateInstance<Greeter>(scope))
            .AddStreamServer<EchoFactory>(Free, "echo"));
        using TcpClient client = await host.Connect("broken");
        Assert.Equal("", await client.ReadToEnd());
        Assert.Contains("Error Twisted.Reactor Unhandled error in BuildProtocol", host.Log);
        using TcpClient other = await host.Connect("echo");
        Assert.Equal("x", await other.Ask("x"));
    }

    private sealed class DatagramEcho : DatagramProtocol
    {
        protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from) =>
            Transport.Write(data, from);
    }

    [Fact]
    public async Task A_datagram_server_answers()
    {
        await using RunningHost host = await RunningHost.Start(
            services => services.AddDatagramServer<DatagramEcho>(1, name: "udp"),
            ("Twisted:Servers:udp:Port", "0"), ("Twisted:Servers:udp:Address", "127.0.0.1"));
        var server = (IPEndPoint)host.Host.Services.GetRequiredKeyedService<DatagramServerService>("udp").Host!;
        Assert.Contains($"Information Twisted.Hosting Listening on udp:{server} (udp)", host.Log);
        using var client = new UdpClient(AddressFamily.InterNetwork);
        await client.SendAsync("hello"u8.ToArray(), server);
        UdpReceiveResult answer = await client.ReceiveAsync().WaitAsync(RunningHost.Patience);
        Assert.Equal("hello"u8.ToArray(), answer.Buffer);
    }

    private sealed class Asking : Protocol
    {
        internal Deferred<string> Answered { get; } = new();

        protected override void ConnectionMade() => Transport.Write("ping"u8);

        protected override void DataReceived(ReadOnlySpan<byte> data) =>
            Answered.Callback(Encoding.ASCII.GetString(data));
    }

    private sealed class AskingFactory : ClientFactory
    {
        public override IProtocol BuildProtocol(EndPoint peer) => new Asking();
    }

    [Fact]
    public async Task A_client_connects_and_leaves_with_the_host()
    {
        await using RunningHost server = await RunningHost.Start(services =>
            services.AddStreamServer<EchoFactory>(Free, "echo"));
        RunningHost host = await RunningHost.Start(
            services => services.AddClientService<AskingFactory>(name: "up"),
            ("Twisted:Clients:up:Endpoint", $"tcp:127.0.0.1:{server.Address("echo").Port}"));
        var client = host.Host.Services.GetRequiredKeyedService<ClientService>("up");
        Assert.Equal("ping", await host.Reactor.InvokeAsync(async Deferred<string> () =>
            await ((Asking)await client.WhenConnected()).Answered).WaitAsync(RunningHost.Patience));
        await host.DisposeAsync();
        Assert.Equal(ClientServiceState.Stopped, client.State);
    }
}
