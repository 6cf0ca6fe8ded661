using System.Net;
using Twisted.Testing;
using static System.TimeSpan;

namespace Twisted.Simulations.Scenarios;

/// <summary>A question in a datagram is asked again until its answer comes.</summary>
internal static class Datagrams
{
    private const int Port = 53;
    private const int Questions = 5;

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

    private sealed class Answering : DatagramProtocol
    {
        protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from) =>
            Transport.Write([data[0], (byte)(data[0] * 3)], from);
    }

    private sealed class Asking(IReactorTime clock, IPEndPoint server) : DatagramProtocol
    {
        internal Deferred Done { get; } = new();

        /// <summary>A bit for each question.</summary>
        internal int Answers { get; private set; }

        protected override void StartProtocol() => Ask();

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
            if (Done.IsFired)
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
