using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Twisted.Tests;

/// <summary>The spans of the source "Twisted", and that none stays the current one.</summary>
public class TraceTests
{
    public static TheoryData<ReactorKind> Kinds => new() { ReactorKind.Epoll, ReactorKind.Portable };

    private sealed class Greeting : Protocol
    {
        protected override void ConnectionMade()
        {
            Assert.Null(Activity.Current);
            Transport.Write("hello"u8);
            Transport.LoseConnection();
        }
    }

    private sealed class Hearing(Deferred lost) : Protocol
    {
        protected override void ConnectionLost(Exception reason) => lost.Callback();
    }

    /// <summary>Collects the spans of one reactor, as they end.</summary>
    private static ActivityListener Listen(string reactor, ConcurrentQueue<Activity> ended)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Twisted",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (Equals(span.GetTagItem("twisted.reactor.name"), reactor))
                    ended.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static void Run(ReactorKind kind, string name, Func<IReactor, Deferred> main) =>
        Assert.Equal(0, Reactor.Run(main, new ReactorOptions
        {
            Kind = kind,
            Name = name,
            HandleSignals = false,
            Logging = NullLoggerFactory.Instance,
        }));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_attempt_and_both_ends_of_a_connection_are_spans(ReactorKind kind)
    {
        var spans = new ConcurrentQueue<Activity>();
        using ActivityListener listener = Listen($"spans of {kind}", spans);
        int port = 0;
        Run(kind, $"spans of {kind}", async reactor =>
        {
            var lost = new Deferred();
            await using IListeningPort open = reactor.ListenTcp(0, Factory.For(() => new Greeting()), "127.0.0.1");
            port = open.Host.Port;
            await new TcpClientEndpoint(reactor, "127.0.0.1", port).ConnectProtocol(new Hearing(lost));
            await lost;
            Assert.Null(Activity.Current);
        });
        Activity attempt = Assert.Single(spans, span => span.OperationName == "twisted.connect");
        Assert.Equal(ActivityKind.Client, attempt.Kind);
        Assert.Equal("127.0.0.1", attempt.GetTagItem("server.address"));
        Assert.Equal(port, attempt.GetTagItem("server.port"));
        Assert.Equal("tcp", attempt.GetTagItem("network.transport"));
        Assert.Equal(port, attempt.GetTagItem("network.peer.port"));
        Assert.Equal(ActivityStatusCode.Unset, attempt.Status);
        Assert.True(attempt.Duration > TimeSpan.Zero);

        Activity client = Assert.Single(spans,
            span => span is { OperationName: "twisted.connection", Kind: ActivityKind.Client });
        Assert.Equal(attempt.SpanId, Assert.Single(client.Links).Context.SpanId);
        Assert.NotEqual(attempt.TraceId, client.TraceId);
        Assert.Equal(5L, client.GetTagItem("twisted.connection.received"));
        Assert.Equal(0L, client.GetTagItem("twisted.connection.sent"));

        Activity server = Assert.Single(spans,
            span => span is { OperationName: "twisted.connection", Kind: ActivityKind.Server });
        Assert.Equal(client.GetTagItem("network.local.port"), server.GetTagItem("network.peer.port"));
        Assert.Equal(port, server.GetTagItem("network.local.port"));
        Assert.Equal(5L, server.GetTagItem("twisted.connection.sent"));
        Assert.Equal("Connection was closed cleanly.", server.GetTagItem("twisted.connection.reason"));
        Assert.Equal(ActivityStatusCode.Unset, server.Status);
        Assert.Null(server.GetTagItem("error.type"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_failed_attempt_belongs_to_who_asked_for_it_and_tells_its_error(ReactorKind kind)
    {
        var spans = new ConcurrentQueue<Activity>();
        using ActivityListener listener = Listen($"failures of {kind}", spans);
        using var request = new Activity("request");
        Run(kind, $"failures of {kind}", async reactor =>
        {
            IListeningPort free = reactor.ListenTcp(0, Factory.For(() => new Greeting()), "127.0.0.1");
            int port = free.Host.Port;
            await free.StopListening();
            request.Start();
            Deferred<IProtocol> connecting = new TcpClientEndpoint(reactor, "127.0.0.1", port)
                .Connect(Factory.For(() => new Greeting()));
            Assert.Same(request, Activity.Current);
            Activity.Current = null;
            await connecting.AddErrback<ConnectionRefusedException>(_ => null!);
        });
        Activity attempt = Assert.Single(spans);
        Assert.Equal(request.SpanId, attempt.ParentSpanId);
        Assert.Equal(ActivityStatusCode.Error, attempt.Status);
        Assert.Equal("Twisted.Internet.ConnectionRefusedException", attempt.GetTagItem("error.type"));
    }

    [Fact]
    public void A_lost_connection_is_an_error_of_its_span()
    {
        var spans = new ConcurrentQueue<Activity>();
        using ActivityListener listener = Listen("losses", spans);
        Run(ReactorKind.Automatic, "losses", async reactor =>
        {
            var lost = new Deferred();
            await using IListeningPort open = reactor.ListenTcp(0, Factory.For(() => new Hearing(lost)), "127.0.0.1");
            Protocol client = await new TcpClientEndpoint(reactor, "127.0.0.1", open.Host.Port)
                .ConnectProtocol(new Hearing(new Deferred()));
            client.Transport.AbortConnection();
            await lost;
        });
        Activity server = Assert.Single(spans, span => span.Kind == ActivityKind.Server);
        Assert.Equal(ActivityStatusCode.Error, server.Status);
        Assert.Equal("Twisted.Internet.ConnectionLostException", server.GetTagItem("error.type"));
    }
}
