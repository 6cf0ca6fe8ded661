using System.Diagnostics.Metrics;

namespace Twisted.Internet;

/// <summary>What reactors count for whoever listens to the meter "Twisted.Reactor".</summary>
/// <remarks>
/// Nobody pays for a meter that nobody listens to: the reactor thread adds to plain fields of its own, and whoever
/// collects reads them, from any thread. No lock and no fence stands between: a word is read whole on 64 bits, a value
/// may be as old as the callback that runs, and two values may be of two moments. The next collection mends all of it,
/// and nobody decides by these figures. Only what needs a clock or a distribution asks first whether it is wanted.
/// </remarks>
internal static class ReactorMeter
{
    private const string NameTag = "twisted.reactor.name";
    private const string RoleTag = "twisted.connection.role";
    private const string DirectionTag = "network.io.direction";
    private const string TransportTag = "twisted.transport";

    private static readonly Meter Meter = new("Twisted.Reactor");
    private static readonly LiveReactors Live = new();

    static ReactorMeter()
    {
        Meter.CreateObservableUpDownCounter("twisted.reactor.connections.open", () => PerRole(counts => counts.Open),
            "{connection}", "Stream connections that are up.");
        Meter.CreateObservableCounter("twisted.reactor.connections.made", () => PerRole(counts => counts.Made),
            "{connection}", "Stream connections that were accepted, or made to others, so far.");
        Meter.CreateObservableCounter("twisted.reactor.io", Bytes,
            "By", "Bytes that sockets have taken or given; those of TLS as they are on the wire.");
        Meter.CreateObservableUpDownCounter("twisted.reactor.queue.length", () => Each(reactor => reactor.QueueLength),
            "{call}", "Callbacks that wait for the next iteration of the loop.");
        Meter.CreateObservableCounter("twisted.reactor.failures", () => Each(reactor => reactor.FailuresReported),
            "{failure}", "Failures that nobody handled: callbacks that threw, Deferreds that ended failed.");
        BusyTime = Meter.CreateObservableCounter("twisted.reactor.busy_time", () => Seconds(),
            "s", "Time that the loop did not wait: one second a second is a loop without reserve.");
    }

    /// <summary>Callbacks that took longer than allowed; reactors that do not watch count none.</summary>
    internal static Counter<long> Stalls { get; } = Meter.CreateCounter<long>(
        "twisted.reactor.stalls", "{stall}", "Callbacks that held a reactor longer than its threshold.");

    /// <summary>How late timers are when the loop comes to them.</summary>
    internal static Histogram<double> TimerLag { get; } = Meter.CreateHistogram(
        "twisted.reactor.timer.lag", "s", "How late a timer was when the loop came to it.", tags: null,
        new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
        });

    /// <summary>Drivers ask it whether to measure.</summary>
    internal static ObservableCounter<double> BusyTime { get; }

    /// <summary>A reactor begins: its figures are there until <see cref="Remove"/>.</summary>
    internal static void Add(ReactorBase reactor)
    {
        _ = ReactorTrace.IsWanted; // made before the loop's code is compiled, it costs that no check
        Live.Add(reactor);
    }

    /// <summary>A reactor has ended.</summary>
    internal static void Remove(ReactorBase reactor) => Live.Remove(reactor);

    /// <summary>The tag that tells a reactor's figures from another's.</summary>
    internal static KeyValuePair<string, object?> Tag(ReactorBase reactor) => new(NameTag, reactor.Name);

    private static IEnumerable<Measurement<long>> Each(Func<ReactorBase, long> read) =>
        Live.Snapshot().Select(reactor => new Measurement<long>(read(reactor), Tag(reactor)));

    private static IEnumerable<Measurement<double>> Seconds() => Live.Snapshot().Select(reactor =>
        new Measurement<double>(reactor.Driver.Busy?.Elapsed.TotalSeconds ?? 0, Tag(reactor)));

    private static IEnumerable<Measurement<long>> PerRole(Func<ConnectionCounts, long> read)
    {
        foreach (ReactorBase reactor in Live.Snapshot())
        {
            yield return new(read(reactor.Accepted), Tag(reactor), new(RoleTag, "server"));
            yield return new(read(reactor.Connected), Tag(reactor), new(RoleTag, "client"));
        }
    }

    private static IEnumerable<Measurement<long>> Bytes()
    {
        foreach (ReactorBase reactor in Live.Snapshot())
        {
            ByteCounts bytes = reactor.Bytes;
            yield return Of(bytes.Received, "receive", "stream");
            yield return Of(bytes.Sent, "transmit", "stream");
            yield return Of(bytes.DatagramsReceived, "receive", "datagram");
            yield return Of(bytes.DatagramsSent, "transmit", "datagram");

            Measurement<long> Of(long count, string direction, string transport) =>
                new(count, Tag(reactor), new(DirectionTag, direction), new(TransportTag, transport));
        }
    }
}
