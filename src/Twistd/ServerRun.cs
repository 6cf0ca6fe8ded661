using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Twisted.Daemon;

/// <summary>Runs one server until a signal ends it, or its only connection.</summary>
/// <param name="server">Which one.</param>
/// <param name="endpoint">Where it listens.</param>
/// <param name="reactorName">The reactor it runs on.</param>
/// <param name="maxConnections">How many it serves at a time; 0 is without limit.</param>
internal sealed partial class ServerRun(ServerCommand server, string endpoint, string reactorName, int maxConnections)
{
    /// <summary>Runs it.</summary>
    /// <returns>The exit code: 0 after its end, 1 when it cannot start.</returns>
    internal int Start()
    {
        try
        {
            ReactorKind kind = Reactors.Parse(reactorName);
            using var output = new HeldOutput();
            using ILoggerFactory logging = TwistedLog.Start(output);
            ILogger log = logging.CreateLogger("twistd");
            IReactor reactor = Reactor.Create(new ReactorOptions { Kind = kind, Logging = logging });
            IStreamServerEndpoint where = Endpoints.Server(reactor, endpoint);
            Exception? failed = null;
            reactor.CallWhenRunning(() =>
            {
                IProtocolFactory served = server.Make(reactor);
                IProtocolFactory factory = ConnectionLimit.Around(served, maxConnections, reactor, log);
                if (where is StandardIOEndpoint)
                {
                    factory = new LastConnection(factory, () =>
                    {
                        if (reactor.IsRunning)
                            reactor.Stop();
                    });
                }
                where.Listen(factory).AddCallbacks(
                    port =>
                    {
                        bool isSocket = port.Host is IPEndPoint or UnixDomainSocketEndPoint;
                        output.Release(isSocket ? Console.Out : Console.Error); // output is the connection's otherwise
                        Listening(log, Describe(port.Host), served.GetType().Name);
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

    private static string Describe(EndPoint address) => address switch
    {
        IPEndPoint => $"tcp:{address}",
        UnixDomainSocketEndPoint => $"unix:{address}",
        _ => $"{address}",
    };

    [LoggerMessage(1500, LogLevel.Information, "Listening on {Address} ({Factory})")]
    private static partial void Listening(ILogger log, string address, string factory);
}
