using Twisted.Protocols;
using Twisted.Protocols.Wire;
using Twisted.Testing;

namespace Twisted.Simulations.Scenarios;

/// <summary>What is sent comes back, or the connection says that it broke.</summary>
internal static class Echoes
{
    private const int Port = 7;

    internal static void One(Simulation sim)
    {
        sim.Breaking();
        Serve(sim, Factory.For(() => new Echo()));
        var asking = new Asking(300);
        asking.Dial(sim.Host("client"), "server", Port);
        sim.Finish(asking.Ended);
        Check.That(asking.Reason is not ConnectionDoneException || asking.HasAll, "a clean end comes after all bytes");
    }

    internal static void Many(Simulation sim)
    {
        sim.Breaking();
        Serve(sim, Factory.For(() => new Echo()));
        Asking[] asking = [.. Enumerable.Range(1, 5).Select(i => new Asking(40 * i))];
        foreach (Asking one in asking)
            one.Dial(sim.Host("client"), "server", Port);
        sim.Finish([.. asking.Select(one => one.Ended)]);
    }

    internal static void WhereCallbacksThrow(Simulation sim)
    {
        sim.Uneven();
        SimulatedHost server = sim.Host("server");
        foreach (string callback in (string[])["BuildProtocol", "ConnectionMade", "DataReceived", "ConnectionLost"])
            server.ThrowsIn(callback, 0.1);
        Serve(sim, Factory.For(() => new Echo()));
        Asking[] asking = [new(50), new(50), new(50)];
        foreach (Asking one in asking)
            one.Dial(sim.Host("client"), "server", Port);
        sim.Finish([.. asking.Select(one => one.Ended)]);
        Check.That(asking.All(one => one.WasMade), "an exception in one connection leaves the port open");
    }

    internal static void WithoutDescriptors(Simulation sim)
    {
        sim.Uneven();
        sim.Host("server").Descriptors(3, reserveFails: 0.3);
        Serve(sim, Factory.For(() => new Echo()));
        Asking[] asking = [.. Enumerable.Range(1, 6).Select(_ => new Asking(20))];
        foreach (Asking one in asking)
            one.Dial(sim.Host("client"), "server", Port);
        sim.RunUntilQuiet(Hostile.Limit);
        var later = new Asking(20);
        later.Dial(sim.Host("client"), "server", Port);
        sim.Finish([later.Ended, .. asking.Select(one => one.Ended)]);
        Check.That(later.HasAll, "who comes when there are descriptors again is served");
    }

    internal static void OverTheLimit(Simulation sim)
    {
        sim.Uneven();
        var limit = new LimitTotalConnectionsFactory(Factory.For(() => new Echo()), 2);
        Serve(sim, limit);
        sim.Check.Always(() => limit.ConnectionCount is >= 0 and <= 2, "at most two connections are served");
        Asking[] asking = [.. Enumerable.Range(1, 4).Select(_ => new Asking(20))];
        foreach (Asking one in asking)
            one.Dial(sim.Host("client"), "server", Port);
        sim.Finish([.. asking.Select(one => one.Ended)]);
        Check.That(asking.Count(one => one.HasAll) >= 2, "two are served");
        Check.That(limit.ConnectionCount == 0, "nobody is counted who has gone");
    }

    internal static void BehindAProxy(Simulation sim)
    {
        sim.Uneven();
        Serve(sim, new ProxyProtocolFactory(Factory.For(() => new Echo()), new ProxyProtocolOptions()));
        var asking = new Asking(100) { Greeting = "PROXY TCP4 10.1.2.3 10.0.0.2 4321 7\r\n" };
        asking.Dial(sim.Host("client"), "server", Port);
        sim.Finish(asking.Ended);
        Check.That(asking.HasAll, "the header is not echoed and the rest is");
    }

    private static void Serve(Simulation sim, IProtocolFactory factory) =>
        sim.Host("server").Reactor.ListenTcp(Port, factory);

    private sealed class Asking(int count) : Talk
    {
        private int _received;

        internal string Greeting { get; init; } = "";

        internal bool HasAll => _received == count;

        protected override void ConnectionMade()
        {
            base.ConnectionMade();
            Transport.Write(Greeting);
            Transport.Write(KnownBytes.Make(count));
        }

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            Check.That(KnownBytes.Are(data, _received), "an echo is what was sent");
            _received += data.Length;
            Check.That(_received <= count, "an echo is no longer than what was sent");
            if (HasAll)
                Transport.LoseConnection();
        }
    }
}
