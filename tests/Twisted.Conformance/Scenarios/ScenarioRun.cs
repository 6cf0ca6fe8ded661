using System.Net;

namespace Twisted.Conformance.Scenarios;

/// <summary>One run of one scenario: its events by endpoint, its server and its clients.</summary>
internal sealed class ScenarioRun(IReactor reactor)
{
    private readonly List<Recorder> _protocols = [];
    private int _built;

    internal IReactor Reactor => reactor;

    internal Dictionary<string, List<string>> Transcript { get; } = [];

    internal IListeningPort? Port { get; private set; }

    internal IConnector? Connector { get; private set; }

    internal List<string> EventsOf(string name)
    {
        if (!Transcript.TryGetValue(name, out List<string>? events))
            Transcript.Add(name, events = []);
        return events;
    }

    internal void Note(string name, string text) => EventsOf(name).Add(text);

    /// <summary>Listens; each connection is recorded as server1, server2 and so on.</summary>
    /// <param name="hooks">What the server does.</param>
    /// <param name="build">May throw, or refuse with false.</param>
    internal int Server(Hooks hooks, Func<int, bool>? build = null)
    {
        Port = reactor.ListenTcp(0, Factory.For(_ =>
        {
            int number = ++_built;
            if (build is not null && !build(number))
                return null;
            Recorder protocol = Recorder.Create(this, $"server{number}", hooks);
            _protocols.Add(protocol);
            return protocol;
        }), "127.0.0.1");
        return Port.Host.Port;
    }

    internal void Keep(IListeningPort port) => Port = port;

    /// <summary>Connects; fires when the protocol was built, or with null when that failed.</summary>
    internal Deferred<Recorder?> Client(int port, Hooks hooks, string name = "client")
    {
        var built = new Deferred<Recorder?>();
        Connector = reactor.ConnectTcp("127.0.0.1", port, new RecordingClientFactory(this, name, hooks, built),
            TimeSpan.FromSeconds(3));
        return built;
    }

    internal Deferred AllLost(string? except = null) => Deferred.GatherResults(
        _protocols.Where(protocol => protocol.Name != except).Select(protocol => protocol.Lost));

    internal Deferred Wait(double seconds)
    {
        var waited = new Deferred();
        reactor.CallLater(TimeSpan.FromSeconds(seconds), waited.Callback);
        return waited;
    }

    private sealed class RecordingClientFactory(ScenarioRun run, string name, Hooks hooks, Deferred<Recorder?> built)
        : ClientFactory
    {
        public override IProtocol BuildProtocol(EndPoint peer)
        {
            Recorder protocol = Recorder.Create(run, name, hooks);
            run._protocols.Add(protocol);
            run.Reactor.CallLater(TimeSpan.Zero, () => built.Callback(protocol));
            return protocol;
        }

        protected override void ClientConnectionFailed(IConnector connector, Exception reason)
        {
            run.Note(name, "failed:" + TwistedNames.Of(reason));
            built.Callback(null);
        }
    }
}
