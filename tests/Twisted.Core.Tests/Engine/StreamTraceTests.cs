using System.Diagnostics;

namespace Twisted.Tests;

/// <summary>The span of a connection.</summary>
public class StreamTraceTests : StreamTest
{
    private readonly List<Activity> _spans = [];
    private readonly ActivityListener _listener;
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public StreamTraceTests()
    {
        // A listener hears of all tests that run: it wants what is made on this one's thread.
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Twisted",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
                IsWanted && Environment.CurrentManagedThreadId == _thread
                    ? ActivitySamplingResult.AllData
                    : ActivitySamplingResult.None,
            ActivityStopped = _spans.Add,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private bool IsWanted { get; set; } = true;

    private Activity Span => Assert.Single(_spans);

    [Fact]
    public void A_connection_is_a_span_with_its_bytes_from_its_begin_to_its_end()
    {
        Whose = new Owner { Counts = Loop.Accepted };
        StreamTransport line = Connect();
        Driver.Time.MoveTo(TimeSpan.FromSeconds(5));
        Socket.Readable("hello");
        Socket.Readable("you");
        Callback(() => line.Write("abc"u8));
        Callback(() => line.Write("d"u8));
        Assert.Empty(_spans);
        Callback(line.LoseConnection);
        Assert.Equal(("twisted.connection", ActivityKind.Server), (Span.OperationName, Span.Kind));
        Assert.Equal(TimeSpan.FromSeconds(5), Span.Duration);
        Assert.Equal((8L, 4L), (Tag("received"), Tag("sent")));
        Assert.Equal(Reason.Message, Tag("reason"));
        Assert.Equal(ActivityStatusCode.Unset, Span.Status);
        Assert.Equal((8, 4), (Loop.Bytes.Received, Loop.Bytes.Sent));
    }

    [Fact]
    public void One_that_broke_is_an_error_and_one_that_we_made_is_a_clients()
    {
        Whose = new Owner { Counts = Loop.Connected };
        Connect().AbortConnection();
        Step();
        Assert.Equal(ActivityKind.Client, Span.Kind);
        Assert.Equal((ActivityStatusCode.Error, Reason.Message), (Span.Status, Span.StatusDescription));
        Assert.Equal(typeof(ConnectionAbortedException).FullName, Span.GetTagItem("error.type"));
        Assert.Equal((0L, 0L), (Tag("received"), Tag("sent")));
    }

    [Fact]
    public void What_nobody_counts_as_a_connection_has_no_span()
    {
        Callback(Connect().LoseConnection);
        Assert.Empty(_spans);
        Assert.IsType<ConnectionDoneException>(Reason);
    }

    [Fact]
    public void A_connection_that_the_listener_does_not_want_has_no_span()
    {
        IsWanted = false;
        Whose = new Owner { Counts = Loop.Accepted };
        StreamTransport line = Connect();
        Socket.Readable("hello");
        IsWanted = true;
        Callback(line.LoseConnection);
        Assert.Empty(_spans);
        Assert.Equal(5, Loop.Bytes.Received);
    }

    public override void Dispose()
    {
        _listener.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    private object? Tag(string name) => Span.GetTagItem($"twisted.connection.{name}");
}
