namespace Twisted.Conformance;

/// <summary>The rules of a stream transport: writing, flow control, losing, aborting, half closing.</summary>
public abstract class StreamContract : ReactorContract
{
    private const int Mebibyte = 1024 * 1024;

    [Fact]
    public void Bytes_come_back_unchanged_whatever_their_number() => Run(async reactor =>
    {
        byte[] data = new byte[3 * Mebibyte];
        new Random(1).NextBytes(data);
        var server = new Probe { OnData = probe => Echo(probe) };
        var client = new Probe();
        Pair pair = await Connect(reactor, server, client);
        client.Transport.RegisterProducer(new Forgetful());
        client.Transport.Write(data);
        while (client.Received.Count < data.Length)
            await Wait(reactor, 0.005);
        Assert.True(data.AsSpan().SequenceEqual(client.Received.ToArray()));
        pair.Client.Transport.LoseConnection();
    });

    private static void Echo(Probe probe)
    {
        probe.Transport.Write(probe.Received.ToArray());
        probe.Received.Clear();
    }

    private sealed class Forgetful : IPushProducer
    {
        public void PauseProducing() { }

        public void ResumeProducing() { }

        public void StopProducing() { }
    }

    [Fact]
    public void ConnectionMade_and_ConnectionLost_come_once_and_the_reason_is_a_clean_close() => Run(async reactor =>
    {
        Pair pair = await Connect(reactor, new Probe(), new Probe());
        pair.Client.Transport.LoseConnection();
        pair.Client.Transport.LoseConnection();
        Exception there = await pair.Server.Lost;
        Exception here = await pair.Client.Lost;
        Assert.IsType<ConnectionDoneException>(here);
        Assert.IsType<ConnectionDoneException>(there);
        Assert.Equal("Connection was closed cleanly.", here.Message);
        Assert.NotSame(here, there);
        Assert.Equal((1, 1), (pair.Client.MadeCount, pair.Client.LostCount));
        Assert.Equal((1, 1), (pair.Server.MadeCount, pair.Server.LostCount));
    });

    [Fact]
    public void Writes_of_one_callback_arrive_in_order_and_whole() => Run(async reactor =>
    {
        var server = new Probe
        {
            OnMade = probe =>
            {
                for (int i = 0; i < 10_000; i++)
                    probe.Transport.Write($"{i} ");
                probe.Transport.LoseConnection();
            },
        };
        Pair pair = await Connect(reactor, server, new Probe());
        await pair.Client.Lost;
        string expected = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"{i} "));
        Assert.Equal(expected, System.Text.Encoding.ASCII.GetString([.. pair.Client.Received]));
    });

    [Fact]
    public void An_encoder_writes_in_place() => Run(async reactor =>
    {
        var server = new Probe
        {
            OnMade = probe =>
            {
                "abc"u8.CopyTo(probe.Transport.GetSpan(3));
                probe.Transport.Advance(3);
                probe.Transport.GetMemory(100_000).Span[..2].Fill((byte)'x');
                probe.Transport.Advance(2);
                Assert.Throws<ArgumentOutOfRangeException>(() => probe.Transport.Advance(int.MaxValue));
                probe.Transport.LoseConnection();
            },
        };
        Pair pair = await Connect(reactor, server, new Probe());
        await pair.Client.Lost;
        Assert.Equal("abcxx"u8.ToArray(), pair.Client.Received.ToArray());
        Assert.Empty(Reported);
    });

    [Fact]
    public void A_push_producer_is_paused_above_64_KiB_and_resumed_when_all_is_sent() => Run(async reactor =>
    {
        var producer = new Counting();
        Pair pair = await Connect(reactor, new Probe(), new Probe());
        ITransport transport = pair.Client.Transport;
        transport.RegisterProducer(producer);
        transport.Write(new byte[64 * 1024]);
        Assert.Equal(0, producer.Paused);
        transport.Write(new byte[1]);
        Assert.Equal(1, producer.Paused);
        transport.Write(new byte[1]);
        Assert.Equal(1, producer.Paused);
        while (producer.Resumed == 0)
            await Wait(reactor, 0.005);
        Assert.Equal(0, producer.Stopped);
        transport.AbortConnection();
        await pair.Client.Lost;
        Assert.Equal((1, 1, 1), (producer.Paused, producer.Resumed, producer.Stopped));
    });

    private sealed class Counting : IPushProducer
    {
        public int Paused { get; private set; }

        public int Resumed { get; private set; }

        public int Stopped { get; private set; }

        public void PauseProducing() => Paused++;

        public void ResumeProducing() => Resumed++;

        public void StopProducing() => Stopped++;
    }

    [Fact]
    public void A_pull_producer_is_asked_for_a_piece_each_time_and_LoseConnection_waits_for_its_end() =>
        Run(async reactor =>
        {
            var producer = new Pieces(20);
            Pair pair = await Connect(reactor, new Probe(), new Probe());
            producer.Transport = pair.Client.Transport;
            pair.Client.Transport.RegisterProducer(producer);
            pair.Client.Transport.LoseConnection();
            await pair.Server.Lost;
            Assert.Equal(20 * 1000, pair.Server.Received.Count);
            Assert.Equal(0, producer.Stopped);
        });

    private sealed class Pieces(int count) : IPullProducer
    {
        private int _left = count;

        public ITransport Transport { get; set; } = null!;

        public int Stopped { get; private set; }

        public void ResumeProducing()
        {
            Transport.Write(new byte[1000]);
            if (--_left == 0)
                Transport.UnregisterProducer();
        }

        public void StopProducing() => Stopped++;
    }

    [Fact]
    public void A_second_producer_is_refused_and_one_for_a_lost_transport_is_stopped() => Run(async reactor =>
    {
        var first = new Counting();
        var late = new Counting();
        Pair pair = await Connect(reactor, new Probe(), new Probe());
        ITransport transport = pair.Client.Transport;
        transport.RegisterProducer(first);
        Assert.Throws<InvalidOperationException>(() => transport.RegisterProducer(new Counting()));
        Assert.Throws<InvalidOperationException>(() => transport.RegisterProducer(new Pieces(1)));
        transport.AbortConnection();
        await pair.Client.Lost;
        transport.RegisterProducer(late);
        Assert.Equal(1, late.Stopped);
    });

    [Fact]
    public void One_transport_feeds_another_and_holds_back_when_that_one_is_full() => Run(async reactor =>
    {
        var sink = new Probe { OnMade = probe => probe.Transport.PauseProducing() };
        var middleOut = new Probe();
        Pair outgoing = await Connect(reactor, sink, middleOut);
        var middleIn = new Probe
        {
            OnMade = probe => middleOut.Transport.RegisterProducer((IPushProducer)probe.Transport),
            OnData = probe =>
            {
                middleOut.Transport.Write(probe.Received.ToArray());
                probe.Received.Clear();
            },
        };
        Pair incoming = await Connect(reactor, middleIn, new Probe());
        const int total = 8 * Mebibyte;
        incoming.Client.Transport.Write(new byte[total]);
        await Wait(reactor, 0.2);
        sink.Transport.ResumeProducing();
        while (sink.Received.Count < total)
            await Wait(reactor, 0.005);
        Assert.Equal(total, sink.Received.Count);
        outgoing.Client.Transport.AbortConnection();
        incoming.Client.Transport.AbortConnection();
    });

    [Fact]
    public void A_peer_that_does_not_read_ends_at_the_hard_cap_with_its_reason() => Run(async reactor =>
    {
        var deaf = new Probe { OnMade = probe => probe.Transport.PauseProducing() };
        Pair pair = await Connect(reactor, deaf, new Probe());
        byte[] piece = new byte[Mebibyte];
        for (int i = 0; i < 64 && pair.Client.LostCount == 0; i++)
        {
            pair.Client.Transport.Write(piece);
            await Wait(reactor, 0.001);
        }
        var reason = Assert.IsType<WriteBufferExceededException>(await pair.Client.Lost);
        Assert.True(reason.Pending > reason.Limit);
        pair.Server.Transport.ResumeProducing();
        AssertAborted(await pair.Server.Lost);
    });

    [Fact]
    public void A_transport_tells_how_much_it_has_not_sent() => Run(async reactor =>
    {
        Pair pair = await Connect(reactor, new Probe(), new Probe());
        ISendQueue queue = pair.Client.Transport.GetRequired<ISendQueue>();
        Assert.Equal(0, queue.Unsent);
        pair.Client.Transport.Write(new byte[Mebibyte]);
        Assert.Equal(Mebibyte, queue.Unsent);
        while (pair.Server.Received.Count < Mebibyte)
            await Wait(reactor, 0.005);
        Assert.Equal(0, queue.Unsent);
        pair.Client.Transport.LoseConnection();
        await pair.Server.Lost;
    });

    [Fact]
    public void One_write_of_any_size_to_an_empty_buffer_is_accepted() => Run(async reactor =>
    {
        Pair pair = await Connect(reactor, new Probe(), new Probe());
        pair.Client.Transport.Write(new byte[20 * Mebibyte]);
        pair.Client.Transport.LoseConnection();
        Assert.IsType<ConnectionDoneException>(await pair.Client.Lost);
        await pair.Server.Lost;
        Assert.Equal(20 * Mebibyte, pair.Server.Received.Count);
    });

    [Fact]
    public void A_transport_paused_from_the_beginning_reads_nothing_until_resumed() => Run(async reactor =>
    {
        var server = new Probe { OnMade = probe => probe.Transport.PauseProducing() };
        Pair pair = await Connect(reactor, server, new Probe());
        pair.Client.Transport.Write("hello"u8);
        await Wait(reactor, 0.03);
        Assert.Empty(server.Received);
        server.Transport.ResumeProducing();
        await Until(reactor, () => server.Received.Count == 5);
        Assert.Equal("hello"u8.ToArray(), server.Received.ToArray());
        pair.Client.Transport.LoseConnection();
    });

    [Fact]
    public void Nothing_is_received_after_LoseConnection_while_output_waits() => Run(async reactor =>
    {
        var server = new Probe { OnMade = probe => probe.Transport.PauseProducing() };
        Pair pair = await Connect(reactor, server, new Probe());
        pair.Client.Transport.Write(new byte[8 * Mebibyte]);
        pair.Client.Transport.LoseConnection();
        Assert.True(pair.Client.Transport.IsDisconnecting);
        server.Transport.Write("too late"u8);
        await Wait(reactor, 0.05);
        Assert.Empty(pair.Client.Received);
        server.Transport.ResumeProducing();
        await pair.Client.Lost;
        Assert.Empty(pair.Client.Received);
        Assert.False(pair.Client.Transport.IsDisconnecting);
    });

    [Fact]
    public void Abort_discards_what_waits_and_resets_the_peer() => Run(async reactor =>
    {
        Pair pair = await Connect(reactor, new Probe(), new Probe());
        pair.Client.Transport.Write(new byte[Mebibyte]);
        pair.Client.Transport.AbortConnection();
        Assert.Equal(0, pair.Client.LostCount);
        Assert.IsType<ConnectionAbortedException>(await pair.Client.Lost);
        AssertAborted(await pair.Server.Lost);
        Assert.Empty(pair.Server.Received);
    });

    [Fact]
    public void Half_close_sends_what_waits_first_and_the_peer_can_still_answer() => Run(async reactor =>
    {
        var server = new HalfClosingProbe();
        var client = new HalfClosingProbe();
        Pair pair = await Connect(reactor, server, client);
        client.Transport.Write(new byte[2 * Mebibyte]);
        client.Transport.GetRequired<IHalfCloseable>().LoseWriteConnection();
        await server.ReadLost;
        await client.WriteLost;
        Assert.Equal(2 * Mebibyte, server.Received.Count);
        server.Transport.Write("answer"u8);
        server.Transport.LoseConnection();
        await client.ReadLost;
        Assert.Equal("answer"u8.ToArray(), client.Received.ToArray());
        client.Transport.LoseConnection();
        Assert.IsType<ConnectionDoneException>(await client.Lost);
        Assert.Equal(1, pair.Server.LostCount);
    });

    [Fact]
    public void An_exception_in_a_producer_is_reported_and_the_connection_lives() => Run(async reactor =>
    {
        Pair pair = await Connect(reactor, new Probe(), new Probe());
        pair.Client.Transport.RegisterProducer(new Throwing());
        pair.Client.Transport.Write(new byte[100_000]);
        while (Reported.Count < 2)
            await Wait(reactor, 0.005);
        pair.Client.Transport.Write("still here"u8);
        pair.Client.Transport.LoseConnection();
        await pair.Server.Lost;
        Assert.Equal(100_010, pair.Server.Received.Count);
        Assert.Equal(["PauseProducing", "ResumeProducing"], Reported.Take(2).Select(failure => failure.Source));
    });

    private sealed class Throwing : IPushProducer
    {
        public void PauseProducing() => throw new InvalidDataException("pause");

        public void ResumeProducing() => throw new InvalidDataException("resume");

        public void StopProducing() => throw new InvalidDataException("stop");
    }

    [Fact]
    public void A_null_array_is_refused() => Run(async reactor =>
    {
        Pair pair = await Connect(reactor, new Probe(), new Probe());
        Assert.Throws<ArgumentNullException>(() => pair.Client.Transport.Write((byte[])null!));
        Assert.Throws<ArgumentNullException>(() => pair.Client.Transport.Write((string)null!));
        pair.Client.Transport.LoseConnection();
    });

    [Fact]
    public virtual void TCP_abilities_are_found_by_Get_and_others_are_not() => Run(async reactor =>
    {
        Pair pair = await Connect(reactor, new Probe(), new Probe());
        ITransport transport = pair.Client.Transport;
        ITcpTransport tcp = transport.GetRequired<ITcpTransport>();
        Assert.True(tcp.NoDelay);
        tcp.NoDelay = false;
        tcp.KeepAlive = true;
        Assert.False(tcp.NoDelay);
        Assert.True(tcp.KeepAlive);
        Assert.Null(transport.Get<ISendsFileDescriptors>());
        Assert.Null(transport.Get<ITlsInfo>());
        Assert.Throws<NotSupportedException>(() => transport.GetRequired<ITlsInfo>());
        transport.LoseConnection();
    });

    [Fact]
    public virtual void Both_ends_know_both_addresses() => Run(async reactor =>
    {
        Pair pair = await Connect(reactor, new Probe(), new Probe());
        Assert.Equal(pair.Client.Transport.Host, pair.Server.Transport.Peer);
        Assert.Equal(pair.Client.Transport.Peer, pair.Server.Transport.Host);
        Assert.Equal("127.0.0.1", pair.Server.Transport.Peer.Host);
        Assert.Equal(pair.Port.Host.Port, pair.Client.Transport.Peer.Port);
        pair.Client.Transport.LoseConnection();
    });

    [Fact]
    public void WhileConnected_cancels_work_on_loss_and_closes_on_failure() => Run(async reactor =>
    {
        var worker = new Worker();
        IListeningPort port = reactor.ListenTcp(0, () => worker, "127.0.0.1");
        var client = new Probe();
        reactor.ConnectTcp("127.0.0.1", port.Host.Port, new ProbeClientFactory(client));
        await client.Made;
        await Wait(reactor, 0.02);
        worker.Failing.Errback(new InvalidDataException("work failed"));
        Assert.IsType<ConnectionDoneException>(await client.Lost);
        await Wait(reactor, 0.02);
        Assert.True(worker.WasCancelled);
        Assert.Equal("work failed", Assert.Single(Reported).Exception.Message);
    });

    private sealed class Worker : Protocol
    {
        public Deferred Failing { get; } = new();

        public bool WasCancelled { get; private set; }

        protected override void ConnectionMade()
        {
            WhileConnected(Failing);
            var endless = new Deferred(_ => WasCancelled = true);
            WhileConnected(endless);
        }
    }
}
