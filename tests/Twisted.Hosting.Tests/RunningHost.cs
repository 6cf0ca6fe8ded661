using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Twisted.Application;

namespace Twisted.Hosting.Tests;

/// <summary>A host with its log in memory and nothing of this machine's configuration.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private RunningHost(IHost host, ConcurrentQueue<string> log)
    {
        Host = host;
        Log = log;
    }

    internal IHost Host { get; }

    /// <summary>Level, category and text of each message.</summary>
    internal ConcurrentQueue<string> Log { get; }

    internal IReactor Reactor => Host.Services.GetRequiredService<IReactor>();

    /// <summary>Builds one, without starting it.</summary>
    internal static RunningHost Build(Action<IServiceCollection> add, params (string Key, string Value)[] settings)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        var log = new ConcurrentQueue<string>();
        builder.Logging.AddProvider(new Collecting(log));
        foreach ((string key, string value) in settings)
            builder.Configuration[key] = value;
        add(builder.Services);
        return new RunningHost(builder.Build(), log);
    }

    internal static async Task<RunningHost> Start(
        Action<IServiceCollection> add, params (string Key, string Value)[] settings)
    {
        RunningHost host = Build(add, settings);
        await host.Host.StartAsync();
        return host;
    }

    /// <summary>Where a server listens.</summary>
    internal IPEndPoint Address(string server) =>
        (IPEndPoint)Host.Services.GetRequiredKeyedService<StreamServerService>(server).Host!;

    internal async Task<TcpClient> Connect(string server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(Address(server)).WaitAsync(Patience);
        return client;
    }

    /// <summary>Far longer than anything takes, on a busy machine too.</summary>
    internal static TimeSpan Patience => TimeSpan.FromSeconds(60);

    /// <summary>Holds the reactor's thread until what it returns is set.</summary>
    internal ManualResetEventSlim BlockLoop()
    {
        var blocked = new TaskCompletionSource(); // needs no disposing, which would race with its being set
        var mayGoOn = new ManualResetEventSlim();
        Reactor.CallFromThread(() =>
        {
            blocked.SetResult();
            mayGoOn.Wait();
        });
        Assert.True(blocked.Task.Wait(Patience));
        return mayGoOn;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync();
        await ((IAsyncDisposable)Host).DisposeAsync();
    }

    private sealed class Collecting(ConcurrentQueue<string> log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Line(log, categoryName);

        public void Dispose() { }
    }

    private sealed class Line(ConcurrentQueue<string> log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            log.Enqueue($"{logLevel} {category} {formatter(state, exception)}");
    }
}

/// <summary>What tests do with a connection of the system's own.</summary>
internal static class Clients
{
    internal static async Task<string> Ask(this TcpClient client, string text)
    {
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask().WaitAsync(RunningHost.Patience);
        return await client.Read(text.Length);
    }

    internal static async Task<string> Read(this TcpClient client, int count)
    {
        byte[] answer = new byte[count];
        await client.GetStream().ReadExactlyAsync(answer).AsTask().WaitAsync(RunningHost.Patience);
        return Encoding.ASCII.GetString(answer);
    }

    /// <summary>What comes until the other side ends, or breaks, the connection.</summary>
    internal static async Task<string> ReadToEnd(this TcpClient client)
    {
        var all = new StringBuilder();
        byte[] buffer = new byte[1024];
        try
        {
            while (await client.Client.ReceiveAsync(buffer).WaitAsync(RunningHost.Patience) is > 0 and int count)
                all.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
        catch (SocketException)
        {
            return "reset";
        }
        return all.ToString();
    }
}

/// <summary>Sends back what it gets.</summary>
internal sealed class EchoFactory : ServerFactory
{
    public override IProtocol BuildProtocol(EndPoint peer) => new Echo();

    private sealed class Echo : Protocol
    {
        protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);
    }
}

/// <summary>Has work to finish when it is asked to end, and never does.</summary>
internal sealed class StubbornFactory : ServerFactory
{
    public override IProtocol BuildProtocol(EndPoint peer) => new Stubborn();

    private sealed class Stubborn : Protocol, IDrainable
    {
        public void Drain() => Transport.Write("wait"u8);

        protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);
    }
}
