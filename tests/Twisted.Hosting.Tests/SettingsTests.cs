using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Twisted.Hosting.Tests;

/// <summary>Settings by name: of the program, the configuration, and the program again; checked at the start.</summary>
public class SettingsTests
{
    private const string Free = "tcp:0:interface=127.0.0.1";

    private static async Task<string> FailureOf(
        Action<IServiceCollection> add, params (string Key, string Value)[] settings)
    {
        RunningHost host = RunningHost.Build(add, settings);
        try
        {
            return (await Assert.ThrowsAnyAsync<Exception>(() => host.Host.StartAsync())).Message;
        }
        finally
        {
            await ((IAsyncDisposable)host.Host).DisposeAsync();
        }
    }

    [Fact]
    public async Task The_configuration_says_where_a_server_listens()
    {
        await using RunningHost host = await RunningHost.Start(
            services => services.AddStreamServer<EchoFactory>("tcp:1", "echo"),
            ("Twisted:Servers:echo:Endpoint", Free), ("Twisted:Servers:echo:DrainTimeout", "00:00:07"));
        using TcpClient client = await host.Connect("echo");
        Assert.Equal("hello", await client.Ask("hello"));
        Assert.Equal(TimeSpan.FromSeconds(7), host.Host.Services
            .GetRequiredService<IOptionsMonitor<StreamServerOptions>>().Get("echo").DrainTimeout);
    }

    [Fact]
    public async Task What_the_program_configures_by_name_comes_last()
    {
        await using RunningHost host = await RunningHost.Start(
            services => services.AddStreamServer<EchoFactory>(name: "echo")
                .Configure<StreamServerOptions>("echo", options => options.Endpoint = Free),
            ("Twisted:Servers:echo:Endpoint", "tcp:1"));
        Assert.NotEqual(1, host.Address("echo").Port);
    }

    [Theory]
    [InlineData("Endpoint", "", "'echo' has no endpoint. Give one to the method that added it, or set "
        + "Twisted:Servers:echo:Endpoint, to tcp:8007, say.")]
    [InlineData("Endpoint", "tpc:80", "unknown prefix 'tpc'")]
    [InlineData("DrainTimeout", "soon", "Twisted:Servers:echo:DrainTimeout is 'soon', which is no time.")]
    [InlineData("DrainTimeout", "-1", "Twisted:Servers:echo:DrainTimeout is less than 0.")]
    [InlineData("MaxConnections", "many", "Twisted:Servers:echo:MaxConnections is 'many', which is no whole number.")]
    [InlineData("MaxConnections", "-1", "Twisted:Servers:echo:MaxConnections is less than 0.")]
    [InlineData("MaxConnection", "1", "Twisted:Servers:echo:MaxConnection is no setting. There are: Endpoint, "
        + "DrainTimeout, MaxConnections.")]
    public async Task A_wrong_setting_of_a_server_fails_the_start_by_its_path(
        string key, string value, string message) =>
        Assert.Contains(message, await FailureOf(services => services.AddStreamServer<EchoFactory>(Free, "echo"),
            ($"Twisted:Servers:echo:{key}", value)), StringComparison.Ordinal);

    [Fact]
    public async Task Wrong_settings_of_a_client_and_of_the_host_fail_the_start()
    {
        Assert.Contains("Twisted:Clients:up:Endpoint, to tcp:example.com:8007, say.",
            await FailureOf(services => services.AddClientService<EchoFactory>(name: "up")), StringComparison.Ordinal);
        Assert.Contains("Twisted:MaxConnections is less than 0.",
            await FailureOf(services => services.AddReactor(), ("Twisted:MaxConnections", "-1")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_for_nobody_are_told()
    {
        await using RunningHost host = await RunningHost.Start(
            services => services.AddStreamServer<EchoFactory>(Free, "echo"),
            ("Twisted:Servers:ecko:Endpoint", "tcp:1"));
        Assert.Contains("Warning Twisted.Hosting The configuration Twisted:Servers:ecko is for nobody: there is no "
            + "'ecko' here, only echo", host.Log);
    }

    [Fact]
    public void Two_services_of_one_name_are_refused()
    {
        var failure = Assert.Throws<ArgumentException>(() => new ServiceCollection()
            .AddStreamServer<EchoFactory>(Free).AddStreamServer<EchoFactory>(Free));
        Assert.StartsWith("There is a service 'EchoFactory' on the reactor already.", failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_connection_more_than_a_server_may_have_is_closed_and_told_by_the_setting()
    {
        await using RunningHost host = await RunningHost.Start(
            services => services.AddStreamServer<EchoFactory>(Free, "echo"),
            ("Twisted:Servers:echo:MaxConnections", "1"));
        using (TcpClient first = await host.Connect("echo"))
        {
            Assert.Equal("a", await first.Ask("a"));
            using TcpClient second = await host.Connect("echo");
            Assert.Equal("", await second.ReadToEnd());
            Assert.Contains(host.Log, line => line.StartsWith("Warning Twisted.Hosting The limit of 1 connections "
                + "(Twisted:Servers:echo:MaxConnections) is reached: the one from 127.0.0.1:",
                StringComparison.Ordinal));
            first.Client.Shutdown(SocketShutdown.Send);
            Assert.Equal("", await first.ReadToEnd());
        }
        await host.Reactor.InvokeAsync(() => Deferred.Succeed(true)); // the end of the first is behind us
        using TcpClient third = await host.Connect("echo");
        Assert.Equal("c", await third.Ask("c"));
    }

    [Fact]
    public async Task The_limit_of_the_host_counts_the_connections_of_all_servers()
    {
        await using RunningHost host = await RunningHost.Start(
            services => services.AddStreamServer<EchoFactory>(Free, "one").AddStreamServer<EchoFactory>(Free, "two"),
            ("Twisted:MaxConnections", "1"));
        using TcpClient first = await host.Connect("one");
        Assert.Equal("a", await first.Ask("a"));
        using TcpClient second = await host.Connect("two");
        Assert.Equal("", await second.ReadToEnd());
        Assert.Contains(host.Log, line => line.Contains("(Twisted:MaxConnections)", StringComparison.Ordinal));
    }
}
