using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Twisted.Application;

namespace Twisted.Hosting.Tests;

/// <summary>The reactor in the life of the host: first up, last down, and not dead unnoticed.</summary>
public class LifeTests
{
    private readonly List<string> _events = [];

    [Fact]
    public async Task A_server_answers_while_the_host_runs_and_is_gone_afterwards()
    {
        RunningHost host = await RunningHost.Start(services =>
            services.AddStreamServer<EchoFactory>("tcp:0:interface=127.0.0.1", "echo"));
        IPEndPoint address = host.Address("echo");
        using (TcpClient client = await host.Connect("echo"))
            Assert.Equal("hello", await client.Ask("hello"));
        Assert.Contains($"Information Twisted.Hosting Listening on tcp:{address} (echo)", host.Log);
        await host.DisposeAsync();
        using var late = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => late.ConnectAsync(address));
    }

    [Fact]
    public async Task Services_start_in_order_and_stop_before_the_hosted_services_around_them()
    {
        RunningHost host = await RunningHost.Start(services =>
        {
            services.AddSingleton(this);
            services.AddHostedService<Before>();
            services.AddService<First>().AddService<Second>();
            services.AddHostedService<After>();
        });
        await host.DisposeAsync();
        Assert.Equal(
        [
            "before starts on a running reactor", "first starts", "second starts", "after starts", "second stops",
            "first stops", "after stops", "before stops on a running reactor",
        ], _events);
    }

    private sealed class Before(LifeTests test, IReactor reactor) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Tell("starts");

        public Task StopAsync(CancellationToken cancellationToken) => Tell("stops");

        private Task Tell(string what) => reactor.InvokeAsync(() =>
        {
            test._events.Add($"before {what} on a {(reactor.IsRunning ? "running" : "dead")} reactor");
            return Deferred.Succeed(true);
        });
    }

    private sealed class After(LifeTests test) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            test._events.Add("after starts");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            test._events.Add("after stops");
            return Task.CompletedTask;
        }
    }

    private class First(LifeTests test, IReactorThreads reactor) : Service
    {
        protected virtual string Called => "first";

        public override Deferred StartService()
        {
            Assert.True(reactor.IsInReactorThread);
            test._events.Add($"{Called} starts");
            return base.StartService();
        }

        public override Deferred StopService()
        {
            Assert.True(reactor.IsInReactorThread);
            test._events.Add($"{Called} stops");
            return base.StopService();
        }
    }

    private sealed class Second(LifeTests test, IReactorThreads reactor) : First(test, reactor)
    {
        protected override string Called => "second";
    }

    [Fact]
    public async Task A_port_in_use_fails_the_start_with_the_words_of_the_error_and_one_line_in_the_log()
    {
        await using RunningHost other = await RunningHost.Start(services =>
            services.AddStreamServer<EchoFactory>("tcp:0:interface=127.0.0.1", "echo"));
        int port = other.Address("echo").Port;
        RunningHost host = RunningHost.Build(services => services
            .AddStreamServer<EchoFactory>("tcp:0:interface=127.0.0.1", "first")
            .AddStreamServer<StubbornFactory>($"tcp:{port}:interface=127.0.0.1", "second"));
        var failure = await Assert.ThrowsAsync<CannotListenException>(() => host.Host.StartAsync());
        Assert.Contains($"127.0.0.1:{port}", failure.Message, StringComparison.Ordinal);
        Assert.Equal($"Critical Twisted.Hosting 'second' cannot start: {failure.Message}",
            Assert.Single(host.Log, line => line.StartsWith("Critical", StringComparison.Ordinal)));
        Assert.Null(host.Host.Services.GetRequiredKeyedService<StreamServerService>("first").Host); // closed again
        IReactor reactor = host.Reactor;
        await ((IAsyncDisposable)host.Host).DisposeAsync();
        Assert.False(reactor.IsRunning);
    }

    [Fact]
    public async Task A_reactor_that_is_told_to_stop_stops_the_host()
    {
        await using RunningHost host = await RunningHost.Start(services => services.AddReactor());
        host.Reactor.CallFromThread(host.Reactor.Stop);
        await host.Host.WaitForShutdownAsync().WaitAsync(RunningHost.Patience);
        Assert.Contains("Information Twisted.Hosting The reactor was stopped: the host stops as well", host.Log);
    }

    private sealed class BrokenClock : TimeProvider
    {
        internal volatile bool IsBroken;

        public override long GetTimestamp() =>
            IsBroken ? throw new InvalidOperationException("no time") : base.GetTimestamp();
    }

    [Fact]
    public async Task A_reactor_that_dies_of_a_defect_stops_the_host_with_an_exit_code()
    {
        int before = Environment.ExitCode;
        var clock = new BrokenClock();
        try
        {
            await using RunningHost host = await RunningHost.Start(services =>
                services.AddReactor(options => options with { TimeProvider = clock }));
            host.Reactor.CallFromThread(() => host.Reactor.CallLater(TimeSpan.FromSeconds(1), () => { }));
            host.Reactor.CallFromThread(() => clock.IsBroken = true);
            await host.Host.WaitForShutdownAsync().WaitAsync(RunningHost.Patience);
            Assert.Equal(70, Environment.ExitCode);
            Assert.Contains(host.Log, line =>
                line.StartsWith("Critical Twisted.Hosting The reactor died of a defect", StringComparison.Ordinal));
        }
        finally
        {
            Environment.ExitCode = before;
        }
    }

    [Fact]
    public void A_host_that_was_never_started_can_be_disposed_of()
    {
        RunningHost host = RunningHost.Build(services => services.AddReactor());
        Assert.False(host.Reactor.IsRunning);
        host.Host.Dispose();
    }

    [Fact]
    public async Task Disposing_of_a_host_that_runs_ends_its_reactor()
    {
        RunningHost host = await RunningHost.Start(services =>
            services.AddStreamServer<EchoFactory>("tcp:0:interface=127.0.0.1", "echo"));
        using TcpClient client = await host.Connect("echo");
        Assert.Equal("x", await client.Ask("x"));
        IReactor reactor = host.Reactor;
        host.Host.Dispose();
        Assert.False(reactor.IsRunning);
        Assert.Equal("", await client.ReadToEnd());
    }

    [Fact]
    public async Task The_log_of_the_host_is_the_reactors()
    {
        await using RunningHost host = await RunningHost.Start(services => services.AddReactor());
        await host.Reactor.InvokeAsync(() =>
        {
            host.Reactor.CallFromThread(() => throw new InvalidOperationException("oops"));
            return Deferred.Succeed(true);
        });
        await host.Reactor.InvokeAsync(() => Deferred.Succeed(true));
        Assert.Contains("Error Twisted.Reactor Unhandled error in call from thread", host.Log);
    }
}
