using System.Buffers.Binary;
using Twisted.Channels;
using Twisted.Testing;
using static System.TimeSpan;

namespace Twisted.Simulations.Scenarios;

/// <summary>Four nodes on links that break, one of which is restarted: what each sender learns is true.</summary>
internal static class Meshes
{
    private const int Count = 4;
    private const string Service = "count";

    private static readonly byte[] Secret = new byte[NodeOptions.LeastSecret];

    internal static void Breaking(Simulation sim)
    {
        sim.FaultsLast = FromSeconds(20);
        var ledger = new Ledger();
        Member[] members = [.. Enumerable.Range(1, Count).Select(id => new Member(sim.Host($"n{id}"), id, ledger))];
        for (int one = 1; one <= Count; one++)
        {
            for (int two = one + 1; two <= Count; two++)
                sim.Breaking($"n{one}", $"n{two}").HalfOpens(0.002);
        }
        foreach (Member member in members)
            member.Begin();
        sim.RunFor(FromSeconds(1 + sim.Choose("when", 12)));
        Member restarted = members[sim.Choose("who", Count)];
        restarted.Stop();
        sim.RunFor(FromSeconds(4));
        restarted.Begin();
        sim.RunFor(FromSeconds(8));
        sim.Heal();
        sim.RunFor(FromSeconds(15)); // to notice what is dead, to wait, and to connect
        foreach (Member member in members)
            sim.Check.That(member.SeesAll, $"the mesh is whole again for {member}");
        foreach (Member member in members)
            member.Stop();
        sim.Finish();
        ledger.Audit();
    }

    private sealed class Member(SimulatedHost host, int number, Ledger ledger)
    {
        private Node? _node;
        private IDelayedCall? _next;
        private int _turn;

        internal bool SeesAll => _node!.Nodes.Count == Count - 1;

        internal void Begin()
        {
            _node = new Node(host.Reactor, new NodeOptions
            {
                Id = number,
                SharedSecret = Secret,
                Listen = "tcp:9100",
                Peers = Enumerable.Range(1, Count).ToDictionary(other => other, other => $"tcp:n{other}:9100"),
                HandshakeTimeout = FromSeconds(2),
                ReconnectDelay = FromSeconds(1),
                PingInterval = FromSeconds(2),
                PingTimeout = FromSeconds(1),
                AcknowledgeTimeout = FromSeconds(8),
                Random = new Random(number),
            });
            _node.Subscribe(Service, (int from, ReadOnlySpan<byte> data) =>
                ledger.Arrived(from, number, BinaryPrimitives.ReadInt32BigEndian(data)));
            _node.StartService().Forget();
            Send();
        }

        internal void Stop()
        {
            _next?.Cancel();
            _node!.StopService().Forget();
        }

        public override string ToString() => $"node {number}, which sees {string.Join(' ', _node!.Nodes)}";

        private void Send()
        {
            int to = 1 + (_turn++ % Count);
            int message = ledger.Next(_node!.Id, to);
            byte[] data = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(data, message);
            _node.Send(to, Service, data).AddBoth(outcome => ledger.Told(message, outcome.Failure)).Forget();
            _next = host.Reactor.CallLater(FromSeconds(1), Send);
        }
    }

    /// <summary>What was sent, what has arrived, and what the senders were told.</summary>
    private sealed class Ledger
    {
        private readonly List<Entry> _entries = [];
        private readonly Dictionary<(int From, int To), int> _newest = [];

        internal int Next(int from, int to)
        {
            _entries.Add(new Entry(from, to));
            return _entries.Count - 1;
        }

        internal void Arrived(int from, int to, int number)
        {
            Entry entry = _entries[number];
            Check.That(entry.From == from && entry.To == to, "a message comes from its sender to its receiver");
            Check.That(!entry.HasArrived, "a message arrives once");
            Check.That(_newest.GetValueOrDefault((from, to), -1) < number, "messages arrive in order");
            _newest[(from, to)] = number;
            entry.HasArrived = true;
        }

        internal void Told(int number, Exception? failure)
        {
            Check.That(!_entries[number].IsTold, "a sender is told once");
            _entries[number].IsTold = true;
            _entries[number].Failure = failure;
        }

        internal void Audit()
        {
            foreach (Entry entry in _entries)
            {
                Check.That(entry.IsTold, "each sender is told");
                Check.That(entry.Failure is not null || entry.HasArrived, "what was acknowledged has arrived");
                Check.That(!entry.HasArrived || entry.Failure is not NodeDownException { MayHaveArrived: false },
                    "what certainly did not arrive has not");
            }
            Check.That(_entries.Any(entry => entry.Failure is null), "something was acknowledged");
        }
    }

    private sealed record Entry(int From, int To)
    {
        internal bool HasArrived { get; set; }

        internal bool IsTold { get; set; }

        internal Exception? Failure { get; set; }
    }
}
