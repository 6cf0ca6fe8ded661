using System.Diagnostics.Metrics;
using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary>What the meter says of one reactor, connection by connection.</summary>
public sealed class ReactorMeterTests : IDisposable
{
    private readonly ScriptedDriver _driver = new();
    private readonly ReactorBase _loop;
    private readonly ReactorFigures _figures;

    public ReactorMeterTests()
    {
        string name = $"metered {Guid.NewGuid()}";
        _figures = new ReactorFigures(name);
        _loop = new ReactorBase(_driver, name: name);
        _loop.Begin();
    }

    [Fact]
    public void Connections_and_bytes_are_told_by_role_and_direction()
    {
        var served = new Recorder { OnData = (made, text) => made.Line.Write("1234567"u8) };
        var asking = new Recorder { OnMade = made => made.Line.Write("12345"u8) };
        var serverSocket = new ScriptedSocket();
        var clientSocket = new ScriptedSocket();
        var listener = new ScriptedListener();
        listener.Clients.Enqueue((AcceptResult.Accepted, serverSocket));
        _driver.Listeners.Enqueue(listener);
        _loop.ListenTcp(0, Factory.For(() => served));
        listener.Acceptable!();
        serverSocket.Readable("abc");
        _driver.Sockets.Enqueue(clientSocket);
        _driver.Sockets.Enqueue(new ScriptedSocket());
        _loop.ConnectTcp("127.0.0.1", 1, ClientFactory.For(() => asking));
        _loop.ConnectTcp("127.0.0.1", 1, ClientFactory.For(() => asking));
        _loop.Iterate(mayWait: false);
        clientSocket.Events!.OnWritable();
        var datagrams = new Datagrams();
        _loop.ListenUdp(0, datagrams);
        datagrams.Port.Write("12"u8, ScriptedDriver.There);
        _driver.Datagrams.Input.Enqueue([1, 2, 3, 4]);
        _driver.Datagrams.Readable!();
        Assert.Equal((1, 1), Both("twisted.reactor.connections.open"));
        Assert.Equal((1, 1), Both("twisted.reactor.connections.made"));
        Assert.Equal(3, _figures["twisted.reactor.io receive stream"]);
        Assert.Equal(12, _figures["twisted.reactor.io transmit stream"]);
        Assert.Equal(4, _figures["twisted.reactor.io receive datagram"]);
        Assert.Equal(2, _figures["twisted.reactor.io transmit datagram"]);
        asking.Line.AbortConnection();
        _loop.Iterate(mayWait: false);
        Assert.Equal((1, 0), Both("twisted.reactor.connections.open"));
        Assert.Equal((1, 1), Both("twisted.reactor.connections.made"));
    }

    private (double Server, double Client) Both(string name) =>
        (_figures[$"{name} server"], _figures[$"{name} client"]);

    [Fact]
    public void What_waits_and_what_has_failed_is_counted()
    {
        _loop.CallFromThread(() => throw new NotSupportedException());
        _loop.CallFromThread(() => { });
        Assert.Equal(2, _figures["twisted.reactor.queue.length"]);
        Assert.Equal(0, _figures["twisted.reactor.failures"]);
        _loop.Iterate(mayWait: false);
        Assert.Equal(0, _figures["twisted.reactor.queue.length"]);
        Assert.Equal(1, _figures["twisted.reactor.failures"]);
        Assert.Equal(0, _figures["twisted.reactor.busy_time"]); // nothing waits in a script
    }

    [Fact]
    public void A_late_timer_is_told_with_how_late_it_was()
    {
        _loop.CallLater(TimeSpan.FromSeconds(1), () => { });
        _driver.Time.MoveTo(TimeSpan.FromSeconds(3));
        _loop.Iterate(mayWait: false);
        Assert.Equal(2, _figures["twisted.reactor.timer.lag"]);
    }

    [Fact]
    public void A_reactor_is_told_of_while_it_runs()
    {
        Assert.Equal(0, _figures["twisted.reactor.queue.length"]);
        var other = new ReactorBase(new ScriptedDriver(), name: $"other {Guid.NewGuid()}");
        using var figures = new ReactorFigures(other.Name);
        Assert.Equal(double.NaN, figures["twisted.reactor.queue.length"]);
        other.Begin();
        Assert.Equal(0, figures["twisted.reactor.queue.length"]);
        other.Crash();
        other.Leave();
        other.StepOnce();
        using var after = new ReactorFigures(other.Name);
        Assert.Equal(double.NaN, after["twisted.reactor.queue.length"]);
        Assert.Equal(0, _figures["twisted.reactor.queue.length"]);
    }

    [Fact]
    public void Every_instrument_has_its_unit_and_says_what_it_is()
    {
        var instruments = new SortedDictionary<string, string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name != "Twisted.Reactor")
                    return;
                Assert.EndsWith(".", instrument.Description, StringComparison.Ordinal);
                instruments.Add(instrument.Name, instrument.Unit ?? "");
            },
        };
        listener.Start();
        Assert.Equal(new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["twisted.reactor.busy_time"] = "s",
            ["twisted.reactor.connections.made"] = "{connection}",
            ["twisted.reactor.connections.open"] = "{connection}",
            ["twisted.reactor.failures"] = "{failure}",
            ["twisted.reactor.io"] = "By",
            ["twisted.reactor.queue.length"] = "{call}",
            ["twisted.reactor.stalls"] = "{stall}",
            ["twisted.reactor.timer.lag"] = "s",
        }, instruments);
    }

    public void Dispose()
    {
        _figures.Dispose();
        _loop.Leave();
    }

    private sealed class Datagrams : DatagramProtocol
    {
        internal IDatagramTransport Port => Transport;
    }
}
