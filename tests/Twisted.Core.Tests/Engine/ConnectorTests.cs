namespace Twisted.Tests;

/// <summary>A connector: what its factory hears, what is counted, and how it is stopped.</summary>
public class ConnectorTests : EngineTest
{
    private readonly ClientRecorder _factory = new();
    private readonly List<ScriptedSocket> _sockets = [];

    /// <summary>A connector that connects to an address, which has not answered yet.</summary>
    private Connector Connect(ClientRecorder? factory = null)
    {
        var connector = new Connector(
            Loop, ScriptedDriver.There, factory ?? _factory, TimeSpan.FromSeconds(30), _ =>
            {
                _sockets.Add(new ScriptedSocket());
                return _sockets[^1];
            });
        connector.Connect();
        Step();
        return connector;
    }

    private Connector ConnectAndAnswer()
    {
        Connector connector = Connect();
        _sockets[^1].Events!.OnWritable();
        return connector;
    }

    /// <summary>The reactor is stopped and goes round until it has ended.</summary>
    private void StopLoop()
    {
        Loop.Stop();
        Loop.Leave();
        Assert.False(Loop.StepOnce());
    }

    [Theory]
    [InlineData(null, false, 30)]
    [InlineData(5, false, 5)]
    [InlineData(null, true, 30)]
    [InlineData(5, true, 5)]
    public void An_attempt_has_thirty_seconds_and_any_address_unless_told_otherwise(int? timeout, bool binds, int due)
    {
        TimeSpan? patience = timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        Loop.ConnectTcp("127.0.0.1", 2000, _factory, patience, binds ? ScriptedDriver.Here : null);
        Assert.Equal(TimeSpan.FromSeconds(due), Assert.Single(Loop.DelayedCalls).Time);
        Step();
        Assert.Equal((ScriptedDriver.There, binds ? ScriptedDriver.Here : null), Driver.Attempts.Single());
    }

    [Fact]
    public void A_factory_starts_with_the_first_attempt_and_stops_with_the_last()
    {
        _factory.OnLost = connector =>
        {
            if (_factory.Built.Count < 2)
                connector.Connect();
        };
        ConnectAndAnswer();
        Assert.Equal(["Starting factory ClientRecorder"], Lines);
        _factory.Built[0].Line.AbortConnection();
        Step();
        Assert.Equal(1, _factory.NumPorts);
        Step();
        _sockets[^1].Events!.OnWritable();
        Assert.Single(Lines);
        _factory.Built[1].Line.AbortConnection();
        Step();
        Assert.Equal(["Starting factory ClientRecorder", "Stopping factory ClientRecorder"], Lines);
        Assert.Equal(0, _factory.NumPorts);
    }

    [Fact]
    public void Disconnecting_ends_whatever_there_is()
    {
        Connector connector = Connect();
        connector.Disconnect();
        Assert.Equal(["starting", "failed: ConnectingCancelledException"], _factory.Heard);
        Assert.Equal(ConnectorState.Disconnected, connector.State);
        Assert.Equal(1, _sockets[0].Closes);
        connector.Disconnect();
        Assert.Equal(2, _factory.Heard.Count);
        connector.Connect();
        Step();
        _sockets[1].Events!.OnWritable();
        connector.Disconnect();
        Step();
        Assert.Equal("lost: ConnectionDoneException", _factory.Heard.Last());
        Assert.Equal(1, _sockets[1].Closes);
    }

    [Fact]
    public void Connections_are_counted_while_they_are_up()
    {
        ConnectAndAnswer();
        ConnectAndAnswer();
        Assert.Equal((2, 2), (Loop.Connected.Made, Loop.Connected.Open));
        _factory.Built[0].Line.AbortConnection();
        Step();
        Assert.Equal((2, 1), (Loop.Connected.Made, Loop.Connected.Open));
        Assert.Equal(0, Loop.Accepted.Made);
    }

    [Fact]
    public void A_connection_without_a_protocol_is_closed_and_does_not_count()
    {
        Connector connector = ConnectAndAnswer();
        _factory.Built[0].Line.AbortConnection();
        Step();
        _factory.Wanted = false;
        connector.Connect();
        Step();
        _sockets[1].Events!.OnWritable();
        Assert.Equal("lost: ConnectionDoneException", _factory.Heard.Last());
        Assert.Equal((1, false), (_sockets[1].Closes, _sockets[1].WasAborted));
        Assert.Equal(ConnectorState.Disconnected, connector.State);
        Assert.Equal((1, 0), (Loop.Connected.Made, Loop.Connected.Open));
    }

    [Fact]
    public void A_factory_that_cannot_build_a_protocol_hears_why_the_connection_is_lost()
    {
        _factory.CannotBuild = true;
        ConnectAndAnswer();
        Assert.Equal(["starting", "lost: NotSupportedException"], _factory.Heard);
        Assert.Contains("Unhandled error in BuildProtocol", Lines);
        Assert.Equal(1, _sockets[0].Closes);
        Assert.Equal((0, 0), (Loop.Connected.Made, Loop.Connected.Open));
    }

    [Fact]
    public void A_shutdown_fails_the_attempts_that_are_under_way()
    {
        Connect();
        StopLoop();
        Assert.Equal(["starting", "failed: ConnectingCancelledException"], _factory.Heard);
        Assert.Equal("The reactor was stopped while connecting.", _factory.Reason!.Message);
        Assert.Equal(1, _sockets[0].Closes);
        Assert.Equal(0, _factory.NumPorts);
    }

    [Fact]
    public void An_attempt_that_another_stops_in_the_shutdown_fails_once()
    {
        var second = new ClientRecorder();
        IConnector? connector = null;
        IConnector? other = null;
        _factory.OnFailed = _ => Stop(other!);
        second.OnFailed = _ => Stop(connector!); // whichever is the first to hear of it
        connector = Connect();
        other = Connect(second);
        StopLoop();
        Assert.Equal(["starting", "failed: ConnectingCancelledException"], _factory.Heard);
        Assert.Equal(["starting", "failed: ConnectingCancelledException"], second.Heard);

        static void Stop(IConnector one)
        {
            if (one.State == ConnectorState.Connecting)
                one.StopConnecting();
        }
    }

    [Fact]
    public void A_factory_that_connects_again_in_the_shutdown_is_told_that_it_is_too_late()
    {
        var second = new ClientRecorder();
        _factory.OnLost = connector => connector.Connect();
        second.OnFailed = connector =>
        {
            if (second.Heard.Count == 2)
                connector.Connect();
        };
        ConnectAndAnswer();
        Connect(second);
        StopLoop();
        Assert.Equal(["starting", "lost: ConnectionLostException", "starting", "failed: ConnectingCancelledException"],
            _factory.Heard);
        Assert.Equal("failed: ConnectingCancelledException", second.Heard[3]);
        Assert.Equal(2, _sockets.Count); // nothing new was opened
    }
}
