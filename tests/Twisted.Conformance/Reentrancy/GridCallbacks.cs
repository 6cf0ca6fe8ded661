using System.Net;
using Microsoft.Extensions.Logging;
using Twisted.Application;
using Twisted.Logging;

namespace Twisted.Conformance.Reentrancy;

/// <summary>How each callback is provoked, by Twisted's names; null when connecting has done it.</summary>
internal static class GridCallbacks
{
    internal static readonly Dictionary<string, Action<GridScene>?> All = new()
    {
        ["buildProtocol"] = scene => scene.Dial(scene.Port!, "client2"),
        ["makeConnection"] = null,
        ["connectionMade"] = null,
        ["dataReceived"] = scene => scene.Sides["client"].Transport.Write("x"u8),
        ["connectionLost"] = scene => scene.Sides["client"].Transport.LoseConnection(),
        ["readConnectionLost"] = scene => LoseWriteConnection(scene.Sides["client"].Transport),
        ["writeConnectionLost"] = scene => LoseWriteConnection(scene.Transport),
        ["pauseProducing"] = Produce,
        ["resumeProducing"] = Produce,
        ["stopProducing"] = scene =>
        {
            scene.Transport.RegisterProducer((Server)scene.Sides["server"]);
            scene.Sides["client"].Transport.LoseConnection();
        },
        ["startFactory"] = scene => StartSide(scene),
        ["stopFactory"] = StopSide,
        ["clientConnectionFailed"] = scene => Refuse(scene).Forget(),
        ["callLater"] = scene => scene.Reactor.CallLater(TimeSpan.Zero, scene.Act, "callLater"),
        ["callFromThread"] = scene => scene.Reactor.CallInThread(
            () => scene.Reactor.CallFromThread(() => scene.Act("callFromThread"))),
        ["deferred"] = scene =>
        {
            var chain = new Deferred();
            chain.AddCallback(() => scene.Act("deferred")).Forget();
            scene.Reactor.CallLater(TimeSpan.Zero, chain.Callback);
        },
        ["resolutionComplete"] = scene => ((IReactorNameResolver)scene.Reactor).NameResolver
            .ResolveHostName("localhost", new Receiver(scene)),
        ["datagramReceived"] = ReceiveDatagram,
        ["startService"] = scene => scene.Reactor.CallLater(TimeSpan.Zero, Services(scene).StartService),
        ["stopService"] = scene =>
        {
            MultiService services = Services(scene);
            services.StartService().Forget();
            scene.Reactor.CallLater(TimeSpan.Zero, services.StopService);
        },
        ["logObserver"] = Observe,
    };

    private static MultiService Services(GridScene scene)
    {
        var services = new MultiService();
        services.AddService(new Serving(scene)).Forget();
        return services;
    }

    /// <summary>What an observer throws goes to the others.</summary>
    private static void Observe(GridScene scene)
    {
        var publisher = new LogPublisher(new Observer(_ => scene.Act("logObserver")), new Observer(logEvent =>
        {
            if (logEvent.Exception is { } failure)
                scene.Note("unhandled", Scenarios.TwistedNames.Of(failure));
        }));
        scene.Reactor.CallLater(TimeSpan.Zero, () => publisher.Observe(new LogEvent
        {
            Time = scene.Reactor.TimeProvider.GetLocalNow(),
            Level = LogLevel.Information,
            Category = "grid",
            Message = "something",
        }));
    }

    private static void LoseWriteConnection(ITransport transport) =>
        transport.GetRequired<IHalfCloseable>().LoseWriteConnection();

    private static void Produce(GridScene scene)
    {
        scene.Transport.RegisterProducer((Server)scene.Sides["server"]);
        scene.Transport.Write(new byte[GridScene.PieceSize]);
    }

    private static IListeningPort? StartSide(GridScene scene)
    {
        try
        {
            return scene.Listen(new SideFactory(scene));
        }
        catch (DivideByZeroException)
        {
            scene.Note("side", "listen raised ZeroDivisionError");
            return null;
        }
    }

    private static void StopSide(GridScene scene)
    {
        IListeningPort main = scene.Port!;
        scene.Port = StartSide(scene)!;
        scene.Port.StopListening().AddBoth(outcome =>
            scene.Note("side", outcome.IsSuccess ? "closed" : "not closed")).Forget();
        Xunit.Assert.NotSame(main, scene.Port);
    }

    private static async Deferred Refuse(GridScene scene)
    {
        IListeningPort port = scene.Reactor.ListenTcp(0, () => new Side(scene, "nobody"), "127.0.0.1");
        await port.StopListening();
        scene.Reactor.ConnectTcp("127.0.0.1", port.Host.Port, new GridClientFactory(scene, null));
    }

    private static void ReceiveDatagram(GridScene scene)
    {
        var sender = new Sender();
        scene.Port = scene.Reactor.ListenUdp(0, new Datagrams(scene), "127.0.0.1");
        scene.Ports.Add(scene.Port);
        scene.Ports.Add(scene.Reactor.ListenUdp(0, sender, "127.0.0.1"));
        sender.Transport.Write("datagram"u8, (IPEndPoint)scene.Port.Host);
    }

    private sealed class Serving(GridScene scene) : Service
    {
        public override Deferred StartService()
        {
            base.StartService();
            scene.Act("startService");
            return Deferred.Succeed();
        }

        public override Deferred StopService()
        {
            base.StopService();
            scene.Act("stopService");
            return Deferred.Succeed();
        }
    }

    private sealed class Observer(Action<LogEvent> observe) : ILogObserver
    {
        public void Observe(LogEvent logEvent) => observe(logEvent);
    }

    private sealed class Sender : DatagramProtocol;

    /// <summary>Answers after it has acted, closed or not.</summary>
    private sealed class Datagrams(GridScene scene) : DatagramProtocol
    {
        protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from)
        {
            scene.Note("datagrams", "received");
            try
            {
                scene.Act("datagramReceived");
            }
            finally
            {
                Transport.Write(data, from);
            }
        }
    }

    private sealed class Receiver(GridScene scene) : IResolutionReceiver
    {
        public void ResolutionBegan(IHostResolution resolution) { }

        public void AddressResolved(IPAddress address) { }

        public void ResolutionComplete(DnsLookupException? failure)
        {
            scene.Note("names", failure is null ? "complete" : failure.Message);
            scene.Act("resolutionComplete");
        }
    }
}
