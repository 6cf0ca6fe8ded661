using Microsoft.Extensions.Logging;

namespace Twisted.Daemon;

/// <summary>Runs one server until a signal ends it.</summary>
internal static partial class ServerRun
{
    /// <summary>Runs it.</summary>
    /// <returns>The exit code: 0 after a signal, 1 when it cannot start.</returns>
    internal static int Start(ServerCommand server, string endpoint, string reactorName)
    {
        try
        {
            ReactorKind kind = Reactors.Parse(reactorName);
            using var output = new HeldOutput(Console.Out);
            using ILoggerFactory logging = TwistedLog.Start(output);
            ILogger log = logging.CreateLogger("twistd");
            IReactor reactor = Reactor.Create(new ReactorOptions { Kind = kind, Logging = logging });
            IStreamServerEndpoint where = Endpoints.Server(reactor, endpoint);
            Exception? failed = null;
            reactor.CallWhenRunning(() =>
            {
                IProtocolFactory factory = server.Make(reactor);
                where.Listen(factory).AddCallbacks(
                    port =>
                    {
                        output.Release();
                        Listening(log, port.Host, factory.GetType().Name);
                    },
                    failure =>
                    {
                        failed = failure;
                        reactor.Stop();
                    });
            });
            reactor.Run();
            return failed is null ? 0 : throw failed;
        }
        catch (Exception failure) when (failure is FormatException or CannotListenException
            or NotSupportedException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Console.Error.WriteLine($"twistd: {failure.Message}");
            return 1;
        }
    }

    [LoggerMessage(1500, LogLevel.Information, "Listening on tcp:{Address} ({Factory})")]
    private static partial void Listening(ILogger log, System.Net.EndPoint address, string factory);
}
