using System.Text;
using Twisted.Protocols;
using Twisted.Testing;
using static System.TimeSpan;

namespace Twisted.Simulations.Scenarios;

/// <summary>Messages come whole and in order, however the network cuts them.</summary>
internal static class Framed
{
    private const int Port = 100;
    private const int Messages = 12;

    internal static void Lines(Simulation sim)
    {
        sim.Breaking();
        sim.Host("server").Reactor.ListenTcp(Port, Factory.For(() => new LineServer()));
        var client = new LineClient();
        sim.Host("client").Reactor.ConnectTcp("server", Port, new ClientOf(client, client.Ended));
        sim.Finish(client.Ended);
    }

    internal static void Netstrings(Simulation sim)
    {
        sim.Breaking();
        sim.Host("server").Reactor.ListenTcp(Port, Factory.For(() => new NetstringPeer { Answers = true }));
        var ended = new Deferred();
        sim.Host("client").Reactor.ConnectTcp("server", Port, new ClientOf(new NetstringPeer { Ended = ended }, ended));
        sim.Finish(ended);
    }

    internal static void TopToBottom(Simulation sim)
    {
        sim.Uneven();
        sim.Host("server").ThreadDelays(Zero, FromMilliseconds(500));
        IReactor reactor = sim.Host("server").Reactor;
        reactor.ListenTcp(Port, Factory.For(() => new Slow(reactor)));
        var client = new LineClient();
        sim.Host("client").Reactor.ConnectTcp("server", Port, new ClientOf(client, client.Ended));
        sim.Finish(client.Ended);
        Check.That(client.Answers == Messages, "every question is answered, in its order");
    }

    internal static void Pauses(Simulation sim)
    {
        sim.Uneven();
        sim.Host("server").Reactor.ListenTcp(Port, Factory.For(() => new LineServer()));
        var client = new PausingClient(sim);
        sim.Host("client").Reactor.ConnectTcp("server", Port, new ClientOf(client, client.Ended));
        sim.Finish(client.Ended);
        Check.That(client.Answers == Messages, "who pauses gets every line in the end");
    }

    private sealed class ClientOf(IProtocol protocol, Deferred ended) : ClientFactory
    {
        public override IProtocol BuildProtocol(System.Net.EndPoint peer) => protocol;

        protected override void ClientConnectionFailed(IConnector connector, Exception reason) => ended.Callback();
    }

    private sealed class LineServer : LineReceiver
    {
        protected override void LineReceived(ReadOnlySpan<byte> line) => SendLine(line);
    }

    /// <summary>Thinks about each question in a thread or for a while, and reads the next one afterwards.</summary>
    private sealed class Slow(IReactor reactor) : SequentialProtocol
    {
        protected override async Deferred Run()
        {
            for (int i = 0; await ReadLine() is { } line; i++)
            {
                if (i % 2 == 0)
                    await reactor.DeferToThread(() => 0);
                else
                    await Task.Delay(FromMilliseconds(30), reactor.TimeProvider);
                SendLine(line);
            }
        }
    }

    private class LineClient : LineReceiver
    {
        internal Deferred Ended { get; } = new();

        internal int Answers { get; private set; }

        protected override void ConnectionMade()
        {
            for (int i = 0; i < Messages; i++)
                SendLine($"question {i}");
        }

        protected override void LineReceived(ReadOnlySpan<byte> line)
        {
            Check.That(Encoding.ASCII.GetString(line) == $"question {Answers}", "each answer is to its question");
            if (++Answers == Messages)
                Transport.LoseConnection();
        }

        protected override void ConnectionLost(Exception reason) => Ended.Callback();
    }

    /// <summary>Pauses after some lines.</summary>
    private sealed class PausingClient(Simulation sim) : LineClient
    {
        protected override void LineReceived(ReadOnlySpan<byte> line)
        {
            Check.That(!IsPaused, "no line comes while paused");
            base.LineReceived(line);
            if (Answers == Messages || sim.Choose("pause", 3) == 0)
                return;
            PauseProducing();
            sim.Host("client").Reactor.CallLater(FromMilliseconds(20), ResumeProducing);
        }
    }

    private sealed class NetstringPeer : NetstringReceiver
    {
        private int _next;

        internal bool Answers { get; init; }

        internal Deferred? Ended { get; init; }

        protected override void ConnectionMade()
        {
            for (int i = 0; i < Messages && !Answers; i++)
                SendString(KnownBytes.Make(i * 5));
        }

        protected override void StringReceived(ReadOnlySpan<byte> data)
        {
            Check.That(data.Length == _next * 5 && KnownBytes.Are(data, 0), "each string is the next one");
            _next++;
            if (Answers)
                SendString(data);
            else if (_next == Messages)
                Transport.LoseConnection();
        }

        protected override void ConnectionLost(Exception reason) => Ended?.Callback();
    }
}
