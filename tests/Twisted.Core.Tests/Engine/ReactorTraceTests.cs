using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Twisted.Tests;

/// <summary>The spans of attempts and connections. Alone, since whoever listens makes every reactor trace.</summary>
[Collection(AloneTests.Name)]
public class ReactorTraceTests : EngineTest
{
    private const string Name = "traced in ReactorTraceTests";

    private readonly List<Activity> _ended = [];
    private readonly List<ActivityContext> _parents = []; // as those who sample are told
    private readonly ClientRecorder _factory = new();
    private readonly ActivityListener _listener;
    private ActivitySamplingResult _sampling = ActivitySamplingResult.AllDataAndRecorded;
    private ScriptedSocket _socket = new();

    public ReactorTraceTests()
        : base(Name)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Twisted",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
            {
                _parents.Add(options.Parent);
                return _sampling;
            },
            ActivityStopped = span =>
            {
                if (Equals(span.GetTagItem("twisted.reactor.name"), Name))
                    _ended.Add(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public override void Dispose()
    {
        Activity.Current = null;
        _listener.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    private DateTime Clock => Driver.Time.GetUtcNow().UtcDateTime;

    private Connector Connect(EndPoint? destination = null)
    {
        var connector = new Connector(Loop, destination ?? ScriptedDriver.There, _factory,
            TimeSpan.FromSeconds(30), _ => _socket = new ScriptedSocket());
        connector.Connect();
        Step();
        return connector;
    }

    /// <summary>The tags of a span, without the one that tells whose it is.</summary>
    private static string Tags(Activity span) => string.Join(", ", span.TagObjects
        .Where(tag => tag.Key != "twisted.reactor.name").Select(tag => $"{tag.Key}={tag.Value}").Order());

    [Fact]
    public void An_attempt_is_a_span_from_its_begin_to_its_answer_for_whoever_asked_for_it()
    {
        using var request = new Activity("request");
        request.Start();
        Pass(1);
        DateTime begun = Clock;
        Connect();
        Assert.Same(request, Activity.Current);
        Pass(2);
        Assert.Empty(_ended);
        _socket.Events!.OnWritable();
        Activity span = Assert.Single(_ended);
        Assert.Same(request, Activity.Current);
        Assert.Equal(("twisted.connect", ActivityKind.Client), (span.OperationName, span.Kind));
        Assert.Equal((request.SpanId, request.TraceId), (span.ParentSpanId, span.TraceId));
        Assert.Equal(request.Context, _parents[0]);
        Assert.Equal((begun, TimeSpan.FromSeconds(2)), (span.StartTimeUtc, span.Duration));
        Assert.Equal("network.peer.address=127.0.0.1, network.peer.port=2000, network.transport=tcp, "
            + "server.address=127.0.0.1, server.port=2000", Tags(span));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Fact]
    public void A_connection_is_a_span_of_a_trace_of_its_own_linked_to_its_attempt()
    {
        using var request = new Activity("request");
        request.Start();
        Connect();
        DateTime made = Clock;
        _socket.Events!.OnWritable();
        Pass(3);
        _factory.Built[0].Line.AbortConnection();
        Step();
        Assert.Equal(2, _ended.Count);
        Activity span = _ended[1];
        Assert.Same(request, Activity.Current);
        Assert.Equal(("twisted.connection", ActivityKind.Client), (span.OperationName, span.Kind));
        Assert.Equal(default, span.ParentSpanId);
        Assert.NotEqual(request.TraceId, span.TraceId);
        Assert.Equal(_ended[0].Context, Assert.Single(span.Links).Context);
        Assert.Equal((made, TimeSpan.FromSeconds(3)), (span.StartTimeUtc, span.Duration));
        Assert.Equal("error.type=Twisted.Internet.ConnectionAbortedException, network.local.address=127.0.0.1, "
            + "network.local.port=1000, network.peer.address=127.0.0.1, network.peer.port=2000, "
            + "network.transport=tcp, twisted.connection.reason=" + _factory.Reason!.Message
            + ", twisted.connection.received=0, twisted.connection.sent=0", Tags(span));
        Assert.Equal((ActivityStatusCode.Error, _factory.Reason.Message), (span.Status, span.StatusDescription));
    }

    [Fact]
    public void A_connection_that_was_accepted_is_a_servers_and_linked_to_nothing()
    {
        var listener = new ScriptedListener();
        var server = new Recorder();
        new ListeningPort(Loop, () => listener, Factory.For(() => server)).StartListening();
        listener.Add(1);
        listener.Acceptable!();
        server.Line.LoseConnection();
        Step();
        Activity span = Assert.Single(_ended);
        Assert.Equal(("twisted.connection", ActivityKind.Server), (span.OperationName, span.Kind));
        Assert.Empty(span.Links);
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        Assert.Null(span.GetTagItem("error.type"));
    }

    [Fact]
    public void An_attempt_that_fails_tells_its_error_and_the_next_one_is_another_span()
    {
        Connector connector = Connect();
        Pass(1);
        connector.StopConnecting();
        connector.Connect();
        Step();
        Assert.Single(_ended);
        Pass(2);
        connector.StopConnecting();
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], _ended.Select(span => span.Duration));
        Assert.All(_ended, span =>
        {
            Assert.Equal((ActivityStatusCode.Error, _factory.Reason!.Message), (span.Status, span.StatusDescription));
            Assert.Equal("error.type=Twisted.Internet.ConnectingCancelledException, network.transport=tcp, "
                + "server.address=127.0.0.1, server.port=2000", Tags(span));
        });
        Assert.Null(Activity.Current);
    }

    [Fact]
    public void An_attempt_whose_connection_nobody_wants_ends_with_it()
    {
        _factory.Wanted = false;
        Connect();
        _socket.Events!.OnWritable();
        Activity span = Assert.Single(_ended);
        Assert.Equal("Twisted.Internet.ConnectionDoneException", span.GetTagItem("error.type"));
        Assert.Null(span.GetTagItem("network.peer.address"));
    }

    [Fact]
    public void A_name_and_a_path_are_told_as_they_are()
    {
        Connect(new DnsEndPoint("name.example", 80)).StopConnecting();
        Connect(new UnixDomainSocketEndPoint("/run/here")).StopConnecting();
        Assert.Equal(
            [
                "error.type=Twisted.Internet.ConnectingCancelledException, network.transport=tcp, "
                    + "server.address=name.example, server.port=80",
                "error.type=Twisted.Internet.ConnectingCancelledException, network.transport=unix, "
                    + "server.address=/run/here",
            ], _ended.Select(Tags));
    }

    [Fact]
    public void What_is_not_sampled_has_no_span_and_works_the_same()
    {
        _sampling = ActivitySamplingResult.None;
        Connect();
        _socket.Events!.OnWritable();
        _factory.Built[0].Line.AbortConnection();
        Step();
        Assert.Equal(2, _parents.Count);
        Assert.Empty(_ended);
        Assert.Equal(["starting", "lost: ConnectionAbortedException"], _factory.Heard);
    }
}
