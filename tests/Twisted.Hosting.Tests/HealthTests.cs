using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Twisted.Application;

namespace Twisted.Hosting.Tests;

/// <summary>Live: the loop comes to a call in time. Ready: every server listens and none is about to stop.</summary>
public class HealthTests
{
    private static RunningHost Build(TimeSpan? maxLag = null) => RunningHost.Build(services =>
    {
        services.AddStreamServer<StubbornFactory>("tcp:0:interface=127.0.0.1", "one");
        services.AddHealthChecks().AddReactor(maxLag: maxLag);
    });

    private static async Task<HealthReportEntry> Check(RunningHost host, string tag)
    {
        HealthReport report = await host.Host.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(check => check.Tags.Contains(tag)).WaitAsync(RunningHost.Patience);
        return Assert.Single(report.Entries, entry => entry.Key == $"reactor-{tag}").Value;
    }

    [Fact]
    public async Task A_host_is_live_and_ready_while_it_runs_and_neither_before_nor_after()
    {
        RunningHost host = Build(RunningHost.Patience);
        Assert.Equal((HealthStatus.Unhealthy, "The servers have not started yet."), Of(await Check(host, "ready")));
        Assert.StartsWith("The reactor does not run", (await Check(host, "live")).Description,
            StringComparison.Ordinal);
        await host.Host.StartAsync();
        Assert.Equal((HealthStatus.Healthy, "Every server listens."), Of(await Check(host, "ready")));
        HealthReportEntry live = await Check(host, "live");
        Assert.Equal(HealthStatus.Healthy, live.Status);
        Assert.InRange((TimeSpan)live.Data["lag"], TimeSpan.Zero, RunningHost.Patience);
        await host.Host.StopAsync();
        Assert.Equal(HealthStatus.Unhealthy, (await Check(host, "live")).Status);
        Assert.Equal(HealthStatus.Unhealthy, (await Check(host, "ready")).Status);
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_host_that_drains_is_live_and_not_ready()
    {
        RunningHost host = Build(RunningHost.Patience);
        await host.Host.StartAsync();
        using TcpClient busy = await host.Connect("one");
        Assert.Equal("x", await busy.Ask("x"));
        Task stopping = host.Host.StopAsync();
        Assert.Equal("wait", await busy.Read(4));
        Assert.Equal(HealthStatus.Healthy, (await Check(host, "live")).Status);
        Assert.Equal((HealthStatus.Unhealthy, "The host stops: ports are closed, connections finish."),
            Of(await Check(host, "ready")));
        busy.Client.Shutdown(SocketShutdown.Send);
        await stopping.WaitAsync(RunningHost.Patience);
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_was_stopped_is_named()
    {
        await using RunningHost host = Build(RunningHost.Patience);
        await host.Host.StartAsync();
        var one = host.Host.Services.GetRequiredKeyedService<StreamServerService>("one");
        await host.Reactor.InvokeAsync(() => one.StopService().AddCallback(() => true));
        Assert.Equal((HealthStatus.Unhealthy, "Not listening: one."), Of(await Check(host, "ready")));
    }

    [Fact]
    public async Task A_blocked_loop_is_neither_live_nor_ready_and_each_answer_comes_in_time()
    {
        await using RunningHost host = Build(TimeSpan.FromMilliseconds(20));
        await host.Host.StartAsync();
        using ManualResetEventSlim mayGoOn = host.BlockLoop();
        for (int i = 0; i < 3; i++)
        {
            HealthReportEntry live = await Check(host, "live");
            Assert.Equal(HealthStatus.Unhealthy, live.Status);
            Assert.StartsWith("The reactor has not come to a call for ", live.Description, StringComparison.Ordinal);
            Assert.True((TimeSpan)live.Data["lag"] >= TimeSpan.FromMilliseconds(20));
        }
        Assert.Contains("a callback holds its thread", (await Check(host, "ready")).Description,
            StringComparison.Ordinal);
        mayGoOn.Set();
    }

    private static (HealthStatus Status, string? Description) Of(HealthReportEntry entry) =>
        (entry.Status, entry.Description);
}
