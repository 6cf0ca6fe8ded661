using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Twisted.Application;

namespace Twisted.Hosting.Tests;

/// <summary>Connections finish when the host stops, within its patience and the server's.</summary>
public class DrainTests
{
    private const string Free = "tcp:0:interface=127.0.0.1";

    private static TimeSpan OneDay => TimeSpan.FromDays(1);

    private static async Task<TcpClient> Connected(RunningHost host, string server)
    {
        TcpClient client = await host.Connect(server);
        Assert.Equal("hi", await client.Ask("hi"));
        return client;
    }

    [Fact]
    public async Task All_ports_are_closed_at_once_and_a_connection_that_finishes_is_waited_for()
    {
        RunningHost host = await RunningHost.Start(services => services
            .Configure<HostOptions>(options => options.ShutdownTimeout = OneDay)
            .AddStreamServer<StubbornFactory>(Free, "one")
            .AddStreamServer<EchoFactory>(Free, "two"));
        using TcpClient busy = await Connected(host, "one");
        IPEndPoint other = host.Address("two");
        Task stopping = host.Host.StopAsync();
        Assert.Equal("wait", await busy.Read(4)); // it was asked to finish
        var two = host.Host.Services.GetRequiredKeyedService<StreamServerService>("two");
        Assert.Null(await host.Reactor.InvokeAsync(() => Deferred.Succeed(two.Host)));
        using (var late = new TcpClient())
            await Assert.ThrowsAnyAsync<SocketException>(() => late.ConnectAsync(other));
        Assert.False(stopping.IsCompleted);
        busy.Client.Shutdown(SocketShutdown.Send);
        await stopping.WaitAsync(RunningHost.Patience);
        Assert.DoesNotContain(host.Log, line => line.StartsWith("Warning", StringComparison.Ordinal));
        await host.DisposeAsync();
    }

    [Fact]
    public async Task The_hosts_patience_ends_what_is_left()
    {
        RunningHost host = await RunningHost.Start(services => services
            .Configure<StreamServerOptions>("one", options => options.DrainTimeout = OneDay)
            .AddStreamServer<StubbornFactory>(Free, "one"));
        using TcpClient busy = await Connected(host, "one");
        using var patience = new CancellationTokenSource();
        Task stopping = host.Host.StopAsync(patience.Token);
        Assert.Equal("wait", await busy.Read(4));
        Assert.False(stopping.IsCompleted);
        await patience.CancelAsync();
        await stopping.WaitAsync(RunningHost.Patience);
        Assert.Equal("", await busy.ReadToEnd());
        Assert.False(host.Reactor.IsRunning);
        Assert.Contains(host.Log, line => line.StartsWith("Warning Twisted.Hosting The host's ShutdownTimeout is over "
            + "while 1 connections have not finished", StringComparison.Ordinal));
        await host.DisposeAsync();
    }

    [Fact]
    public async Task The_servers_own_time_ends_what_is_left_of_it()
    {
        RunningHost host = await RunningHost.Start(services => services
            .Configure<HostOptions>(options => options.ShutdownTimeout = OneDay)
            .AddStreamServer<StubbornFactory>(Free, "one"), ("Twisted:Servers:one:DrainTimeout", "0.05"));
        using TcpClient busy = await Connected(host, "one");
        await host.Host.StopAsync().WaitAsync(RunningHost.Patience);
        Assert.Contains(host.Log, line => line.StartsWith(
            "Warning Twisted.Hosting 1 connections of one were still busy 00:00:00.05", StringComparison.Ordinal));
        Assert.Equal("reset", await busy.ReadToEnd());
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_blocked_loop_does_not_hold_the_host_for_ever()
    {
        RunningHost host = await RunningHost.Start(services => services.AddReactor());
        using ManualResetEventSlim mayGoOn = host.BlockLoop();
        using var patience = new CancellationTokenSource();
        await patience.CancelAsync();
        await host.Host.StopAsync(patience.Token).WaitAsync(RunningHost.Patience);
        Assert.Contains(host.Log, line =>
            line.StartsWith("Error Twisted.Hosting The reactor does not end", StringComparison.Ordinal));
        mayGoOn.Set();
        await host.DisposeAsync();
    }
}
