using Twisted.Channels.Nats;

namespace Twisted.Channels.Tests.Nats;

/// <summary>The client of a NATS server, against one in memory.</summary>
public class NatsClientTests
{
    private readonly MemoryReactor _memory = new(new VirtualClock());
    private readonly LogCapture _log = new();
    private readonly MemoryNatsServer _server;
    private readonly List<string> _heard = [];

    public NatsClientTests()
    {
        _server = new MemoryNatsServer(_memory.Reactor);
        _server.Start();
    }

    [Fact]
    public void A_message_reaches_who_is_subscribed_and_who_only_matches()
    {
        NatsClient one = Start();
        NatsClient two = Start();
        one.Subscribe("weather.*", Hear);
        one.Subscribe("weather.>", Hear);
        one.Subscribe("other", Hear);
        Settle();
        Deferred published = two.Publish("weather.berlin", "rain"u8);
        Assert.True(two.TryPublish("weather.berlin.south", []));
        published.AssertNoResult();
        Settle();
        published.SuccessResult();
        Assert.Equal(["weather.berlin: rain", "weather.berlin: rain", "weather.berlin.south: "], _heard);
    }

    [Fact]
    public void Messages_in_any_pieces_are_the_same_messages()
    {
        byte[] bytes = Encoding.ASCII.GetBytes(
            "MSG a 1 3\r\nx\r\n\r\nPING\r\nHMSG a 1 r 12 13\r\nNATS/1.0\r\n\r\ny\r\n+OK\r\nmsg\ta  1 0\r\n\r\n");
        EverySplit.Check(bytes, split =>
        {
            var memory = new MemoryReactor(new VirtualClock());
            var server = new MemoryNatsServer(memory.Reactor);
            server.Start();
            NatsClient client = Start(memory);
            var heard = new List<string>();
            client.Subscribe("a", message => heard.Add(
                $"{message.ReplyTo} {message.Headers.Length} {Encoding.ASCII.GetString(message.Payload)}"));
            foreach (byte[] piece in split)
            {
                server.Say(piece);
                memory.Clock.Advance(TimeSpan.FromMilliseconds(1));
            }
            Assert.Equal([" 0 x\r\n", "r 12 y", " 0 "], heard);
            Assert.Contains("PONG", server.Lines);
            Assert.True(client.IsConnected);
        }, pieces: 2);
    }

    [Theory]
    [InlineData("MSG a 1 x\r\n", "makes no sense")]
    [InlineData("MSG a 1 -1\r\n", "makes no sense")]
    [InlineData("MSG a 1 +1\r\n", "makes no sense")]
    [InlineData("MSG a 1\r\n", "makes no sense")]
    [InlineData("MSG a 1 r s 1\r\n", "makes no sense")]
    [InlineData("MSG a 1 99999999999999999999\r\n", "makes no sense")]
    [InlineData("HMSG a 1 5 3\r\n", "makes no sense")]
    [InlineData("MSG a 1 2147483647\r\n", "2147483647 bytes")]
    [InlineData("MSG a 1 1\r\nxyz\r\n", "does not end")]
    [InlineData("PONG\r\n", "nobody has asked")]
    [InlineData("HELLO\r\n", "makes no sense: HELLO")]
    [InlineData("\r\n", "makes no sense")]
    [InlineData("INFO {\r\n", "no JSON object")]
    [InlineData("INFO []\r\n", "no JSON object")]
    [InlineData("INFO {} x\r\n", "no JSON object")]
    [InlineData("-ERR 'Stale Connection'\r\n", "refuses: Stale Connection")]
    public void A_server_that_makes_no_sense_is_left_with_one_line_and_tried_again(string bytes, string reason)
    {
        NatsClient client = Start();
        _server.Say(Encoding.ASCII.GetBytes(bytes));
        Settle();
        Assert.False(client.IsConnected);
        Assert.Contains(reason, Assert.Single(Warnings()), StringComparison.Ordinal);
        _memory.Clock.Advance(TimeSpan.FromSeconds(2.1));
        Settle();
        Assert.True(client.IsConnected);
    }

    [Fact]
    public void A_line_without_an_end_and_a_long_message_are_bounded()
    {
        NatsClient client = Start(options: new NatsOptions { MaxMessage = 1000 });
        long before = GC.GetAllocatedBytesForCurrentThread();
        _server.Say("MSG a 1 1000\r\n"u8);
        Settle();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
        Assert.True(client.IsConnected);
        _server.Say(new byte[1002]);
        Settle();
        Assert.False(client.IsConnected); // it did not end in CR LF
        _memory.Clock.Advance(TimeSpan.FromSeconds(2.1));
        Settle();
        _server.Say(Encoding.ASCII.GetBytes("MSG " + new string('a', 4096) + " 1 1\r\n"));
        Settle();
        Assert.Contains("4096 are the limit", Warnings()[^1], StringComparison.Ordinal);
        _memory.Clock.Advance(TimeSpan.FromSeconds(2.1));
        Settle();
        _server.Say(Encoding.ASCII.GetBytes(new string('a', 70_000)));
        Settle();
        Assert.Contains("longer than 65536", Warnings()[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\r\nPUB b 0")]
    [InlineData("a\tb")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("a..b")]
    [InlineData("ä")]
    [InlineData("a.*")]
    [InlineData("a.>")]
    public void What_is_no_subject_of_a_message_never_reaches_the_wire(string subject)
    {
        NatsClient client = Start();
        Assert.ThrowsAny<ArgumentException>(() => client.TryPublish(subject, []));
        Assert.ThrowsAny<ArgumentException>(() => client.Publish(subject, []).Forget());
        Assert.ThrowsAny<ArgumentException>(() => client.Request(subject, []).Forget());
        Assert.ThrowsAny<ArgumentException>(() => client.TryPublish("a", [], replyTo: subject));
        Settle();
        Assert.DoesNotContain(_server.Lines, line => line.StartsWith("PUB", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a*")]
    [InlineData("a.>.b")]
    [InlineData("a.>b")]
    [InlineData("a b")]
    [InlineData("")]
    public void What_is_no_pattern_is_refused(string subject) =>
        Assert.ThrowsAny<ArgumentException>(() => Start().Subscribe(subject, Hear));

    [Fact]
    public void A_group_gets_each_message_once_and_a_limit_ends_a_subscription()
    {
        NatsClient one = Start();
        NatsClient two = Start();
        one.Subscribe("work", Hear, queueGroup: "workers");
        two.Subscribe("work", Hear, queueGroup: "workers");
        two.Subscribe("news", Hear, maxMessages: 2);
        IDisposable gone = two.Subscribe("news", Hear);
        gone.Dispose();
        gone.Dispose();
        Settle();
        for (int i = 0; i < 3; i++)
        {
            one.TryPublish("work", "job"u8);
            one.TryPublish("news", "new"u8);
        }
        Settle();
        Assert.Equal(3, _heard.Count(text => text == "work: job"));
        Assert.Equal(2, _heard.Count(text => text == "news: new"));
    }

    [Fact]
    public void A_request_is_answered_or_told_that_nobody_is_there_or_is_late()
    {
        NatsClient one = Start();
        NatsClient two = Start();
        one.Subscribe("double", message => one.TryPublish(
            message.ReplyTo!, [.. message.Payload, .. message.Payload]));
        one.Subscribe("silent", Hear);
        Settle();
        Deferred<byte[]> answer = two.Request("double", "ab"u8);
        Deferred<byte[]> nobody = two.Request("nobody", []);
        Deferred<byte[]> late = two.Request("silent", [], TimeSpan.FromSeconds(2));
        Settle();
        Assert.Equal("abab"u8, answer.SuccessResult());
        Assert.Equal("nobody", nobody.FailureResult<NatsNoRespondersException>().Subject);
        late.AssertNoResult();
        _memory.Clock.Advance(TimeSpan.FromSeconds(2));
        late.FailureResult<TimeoutException>();
    }

    [Fact]
    public void What_was_not_confirmed_when_the_server_went_away_may_have_arrived_and_the_rest_is_refused_at_once()
    {
        NatsClient client = Start();
        client.Subscribe("silent", Hear);
        Deferred before = client.Publish("a", "1"u8);
        Settle();
        Deferred unknown = client.Publish("a", "2"u8);
        Deferred flush = client.Flush();
        Deferred<byte[]> request = client.Request("silent", []);
        _server.Kill();
        Settle();
        before.SuccessResult();
        Assert.True(unknown.FailureResult<NatsDownException>().MayHaveArrived);
        Assert.True(flush.FailureResult<NatsDownException>().MayHaveArrived);
        Assert.True(request.FailureResult<NatsDownException>().MayHaveArrived);
        Assert.False(client.Publish("a", "3"u8).FailureResult<NatsDownException>().MayHaveArrived);
        Assert.False(client.TryPublish("a", "3"u8));
        client.WhenReady().FailureResult<NatsDownException>();
    }

    [Fact]
    public void Subscriptions_are_in_place_again_before_anybody_hears_of_the_connection()
    {
        NatsClient client = Start();
        client.Subscribe("a", Hear);
        client.Subscribe("b", Hear, maxMessages: 2);
        client.TryPublish("b", []);
        Settle();
        var events = new List<string>();
        client.Disconnected += _ => events.Add("down");
        client.Connected += () =>
        {
            events.Add("up");
            client.TryPublish("a", "back"u8);
        };
        client.Connected += () => throw new InvalidDataException();
        _server.Kill();
        Advance(10);
        _server.Start();
        client.Subscribe("c", Hear);
        Deferred connected = client.WhenConnected();
        Advance(2.5);
        connected.SuccessResult();
        for (int i = 0; i < 3; i++)
            client.TryPublish("b", []);
        client.TryPublish("c", []);
        Settle();
        Assert.Equal(["down", "up"], events);
        Assert.Equal(["b: ", "a: back", "b: ", "c: "], _heard);
        Assert.Single(_log.FlushErrors<InvalidDataException>());
    }

    [Fact]
    public void A_server_that_is_silent_is_given_up_and_one_that_answers_is_not()
    {
        NatsClient client = Start();
        Advance(60);
        Assert.True(client.IsConnected);
        Assert.Equal(1, _server.Logins);
        _server.Acts = false;
        Advance(23.25);
        Assert.False(client.IsConnected);
        Assert.Contains(Warnings(), line => line.Contains("not answered within 3 s", StringComparison.Ordinal));
    }

    [Fact]
    public void A_login_that_is_refused_or_never_answered_is_tried_again_with_the_reason_in_the_log()
    {
        _server.MustContain = "\"pass\":\"right\\u0022\"";
        NatsClient wrong = Make(_memory, new NatsOptions { User = "me", Password = "wrong" });
        NatsClient right = Make(_memory, new NatsOptions { User = "me", Password = "right\"" });
        Settle();
        Assert.False(wrong.IsConnected);
        Assert.True(right.IsConnected);
        Assert.Contains("Authorization Violation", string.Join('\n', AllLines()), StringComparison.Ordinal);
        _server.Acts = false;
        NatsClient never = Make(_memory, new NatsOptions());
        Advance(5.5);
        Assert.False(never.IsConnected);
        Assert.Contains("no login within 5 s", string.Join('\n', AllLines()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"tls_required":true}""", false, "wants TLS")]
    [InlineData("{}", true, "offers no TLS")]
    public void Nothing_is_sent_in_the_clear_that_should_not_be(string info, bool wantsTls, string reason)
    {
        _server.Info = info;
        Make(_memory, new NatsOptions { Password = "secret", Tls = wantsTls ? new() { TargetHost = "x" } : null });
        Settle();
        Assert.Empty(_server.Lines);
        Assert.Contains(reason, string.Join('\n', AllLines()), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_server_does_not_let_through_is_told_to_its_sender_only()
    {
        NatsClient client = Start();
        Deferred refused = client.Publish("forbidden", []);
        Deferred fine = client.Publish("allowed", []);
        Settle();
        fine.SuccessResult();
        Assert.Contains(
            "Permissions Violation", refused.FailureResult<NatsException>().Message, StringComparison.Ordinal);
        Assert.True(client.IsConnected);
    }

    [Fact]
    public void A_message_longer_than_the_server_takes_is_refused_here()
    {
        NatsClient client = Start();
        client.Subscribe("a", Hear);
        Assert.Contains("65536", Assert.Throws<ArgumentException>(
            () => client.TryPublish("a", new byte[65_537])).Message, StringComparison.Ordinal);
        Assert.True(client.TryPublish("a", new byte[65_536]));
        Settle();
        Assert.Single(_heard);
    }

    [Fact]
    public void A_server_that_does_not_read_makes_us_wait_in_bounded_memory()
    {
        NatsClient client = Start(options: new NatsOptions { HighWaterMark = 100_000 });
        _server.Read(false);
        int taken = 0;
        for (int round = 0; round < 100; round++)
        {
            while (client.TryPublish("a", new byte[1000]))
                Assert.True(++taken < 10_000);
            Settle();
        }
        client.Publish("a", new byte[1000]).FailureResult<NatsBusyException>();
        Deferred ready = client.WhenReady();
        ready.AssertNoResult();
        _server.Read(true);
        Settle();
        ready.SuccessResult();
        Assert.True(client.TryPublish("a", []));
    }

    [Fact]
    public void A_client_that_stops_waits_for_the_servers_word_and_leaves_nothing()
    {
        NatsClient client = Start();
        Deferred published = client.Publish("a", []);
        Deferred stopped = client.StopService();
        Assert.False(client.TryPublish("a", []));
        Settle();
        published.SuccessResult();
        stopped.SuccessResult();
        _server.Kill();
        Settle();
        Janitor.AssertClean(_memory.Clock);
    }

    [Fact]
    public void A_receiver_that_fails_is_logged_and_the_next_message_comes()
    {
        NatsClient client = Start();
        client.Subscribe("a", message =>
        {
            Hear(message);
            throw new InvalidDataException();
        });
        client.TryPublish("a", "1"u8);
        client.TryPublish("a", "2"u8);
        Settle();
        Assert.Equal(2, _heard.Count);
        Assert.Equal(2, _log.FlushErrors<InvalidDataException>().Count);
    }

    [Fact]
    public void No_more_messages_wait_for_the_servers_word_than_the_limit()
    {
        NatsClient client = Start(options: new NatsOptions { MaxPending = 2 });
        Deferred[] published = [.. Enumerable.Range(0, 3).Select(_ => client.Publish("a", []))];
        published[2].FailureResult<NatsBusyException>();
        client.Flush().FailureResult<NatsBusyException>();
        Settle();
        Assert.All(published[..2], one => one.SuccessResult());
        Assert.Equal(2, _server.Lines.Count(line => line == "PING")); // of the login, and one for the turn
    }

    private NatsClient Start(MemoryReactor? memory = null, NatsOptions? options = null)
    {
        NatsClient client = Make(memory ?? _memory, options ?? new NatsOptions());
        (memory ?? _memory).Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(client.IsConnected);
        return client;
    }

    private NatsClient Make(MemoryReactor memory, NatsOptions options)
    {
        var client = new NatsClient(memory.Reactor, Endpoints.Client(memory.Reactor, "tcp:127.0.0.1:4222"),
            options with { Random = new Random(1) }, _log.CreateLogger("nats"));
        client.StartService().SuccessResult();
        return client;
    }

    private void Hear(NatsMessage message) =>
        _heard.Add($"{message.Subject}: {Encoding.ASCII.GetString(message.Payload)}");

    private string[] AllLines() => [.. _log.Events.Select(one => one.Message)];

    private string[] Warnings() =>
        [.. _log.Events.Where(one => one.Level >= LogLevel.Warning).Select(one => one.Message)];

    private void Settle() => _memory.Clock.Advance(TimeSpan.FromMilliseconds(1));

    private void Advance(double seconds)
    {
        for (double gone = 0; gone < seconds; gone += 0.25)
            _memory.Clock.Advance(TimeSpan.FromSeconds(0.25));
    }
}
