using System.Net;
using Twisted.Testing;
using static System.TimeSpan;

namespace Twisted.Simulations.Scenarios;

/// <summary>A question in a datagram is asked again until its answer comes.</summary>
internal static class Datagrams
{
    private const int Port = 53;
    private const int Questions = 5;
    private const int MostRounds = 240; // two minutes: one with faults, one without

    internal static void AskedAgain(Simulation sim)
    {
        sim.Uneven().Datagrams(loss: 0.3, duplication: 0.2, reordering: 0.3).Partitions(0.02, FromSeconds(3));
        SimulatedHost server = sim.Host("server"), client = sim.Host("client");
        IListeningPort serving = server.Reactor.ListenUdp(Port, new Answering());
        var asking = new Asking(client.Reactor, new IPEndPoint(server.Address, Port));
        IListeningPort port = client.Reactor.ListenUdp(0, asking);
        asking.Done.AddCallback(() => port.StopListening());
        sim.Finish(asking.Done);
        serving.StopListening();
        sim.RunUntilQuiet(Hostile.Limit);
        Check.That(asking.Answers == (1 << Questions) - 1, "each question is answered, once or more");
    }

    /// <summary>The server comes later than the first questions, which are refused.</summary>
    internal static void Refused(Simulation sim)
    {
        sim.Uneven();
        SimulatedHost server = sim.Host("server"), client = sim.Host("client");
        IListeningPort? serving = null;
        client.Reactor.CallLater(FromMilliseconds(300 * sim.Choose("late", 10)),
            () => serving = server.Reactor.ListenUdp(Port, new Answering()));
        var asking = new Asking(client.Reactor, new IPEndPoint(server.Address, Port)) { Connects = true };
        IListeningPort port = client.Reactor.ListenUdp(0, asking);
        asking.Done.AddCallback(() => port.StopListening());
        sim.Finish(asking.Done);
        serving!.StopListening();
        sim.RunUntilQuiet(Hostile.Limit);
        Check.That(asking.Answers == (1 << Questions) - 1, "who was refused is answered later");
    }

    private sealed class Answering : DatagramProtocol
    {
        protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from) =>
            Transport.Write([data[0], (byte)(data[0] * 3)], from);
    }

    private sealed class Asking(IReactorTime clock, IPEndPoint server) : DatagramProtocol
    {
        private int _rounds;

        /// <summary>Whether it hears of refusals.</summary>
        internal bool Connects { get; init; }

        internal Deferred Done { get; } = new();

        /// <summary>A bit for each question.</summary>
        internal int Answers { get; private set; }

        protected override void StartProtocol()
        {
            if (Connects)
                Transport.Connect(server);
            Ask();
        }

        protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from)
        {
            Check.That(data.Length == 2 && data[1] == data[0] * 3, "a datagram is whole");
            Check.That(from.Equals(server), "an answer comes from whom we asked");
            Answers |= 1 << data[0];
            if (Answers == (1 << Questions) - 1 && !Done.IsFired)
                Done.Callback();
        }

        private void Ask()
        {
            if (Done.IsFired || ++_rounds > MostRounds)
                return;
            for (int i = 0; i < Questions; i++)
            {
                if ((Answers & (1 << i)) == 0)
                    Transport.Write([(byte)i], server);
            }
            clock.CallLater(FromMilliseconds(500), Ask);
        }
    }
}
