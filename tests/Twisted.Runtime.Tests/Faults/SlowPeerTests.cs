using System.Net;
using System.Net.Sockets;
using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary>Peers that are slow, stuck or rude; they are plain sockets on threads of their own.</summary>
[Collection(AloneTests.Name)]
public class SlowPeerTests : FaultTests
{
    private const int Mebibyte = 1024 * 1024;

    [Fact]
    public void A_client_that_sends_byte_by_byte_and_reads_byte_by_byte_gets_all() => Run(async reactor =>
    {
        byte[] data = new byte[5_000];
        new Random(3).NextBytes(data);
        int port = Listen(reactor, () => new Echo());
        byte[] got = await reactor.DeferToThread(() =>
        {
            using Socket socket = Call(port);
            byte[] received = new byte[data.Length];
            for (int i = 0; i < data.Length; i++)
                Assert.Equal(1, socket.Send(data, i, 1, SocketFlags.None));
            for (int i = 0; i < data.Length; i++)
                Assert.Equal(1, socket.Receive(received, i, 1, SocketFlags.None));
            return received;
        });
        Assert.Equal(data, got);
    });

    [Fact]
    public void A_small_window_gets_a_large_answer_in_partial_writes() => Run(async reactor =>
    {
        byte[] data = new byte[2 * Mebibyte];
        new Random(4).NextBytes(data);
        int port = Listen(reactor, () => new Probe
        {
            OnMade = probe =>
            {
                probe.Transport.Write(data);
                probe.Transport.LoseConnection();
            },
        });
        byte[] got = await reactor.DeferToThread(() =>
        {
            using Socket socket = Call(port, window: 4096);
            return ReadToEnd(socket, piece: 1000);
        });
        Assert.True(data.AsSpan().SequenceEqual(got));
    });

    [Fact]
    public void A_producer_is_held_back_by_a_peer_that_stops_reading_and_memory_stays_bounded() => Run(async reactor =>
    {
        const int total = 20 * Mebibyte;
        var source = new Source(total);
        int port = Listen(reactor, () => source);
        using Socket socket = await reactor.DeferToThread(() => Call(port, window: 64 * 1024));
        await Until(reactor, () => source.Pauses > 0);
        long managed = GC.GetTotalMemory(forceFullCollection: true);
        int stalled;
        do // the system's own buffers grow for a while
        {
            stalled = source.Left;
            await Wait(reactor, 0.3);
        }
        while (source.Left != stalled);
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - managed < Mebibyte);
        Assert.True(source.Left > 8 * Mebibyte, $"{source.Left} left"); // the system holds what it holds, we do not
        byte[] got = await reactor.DeferToThread(() => ReadToEnd(socket, piece: 64 * 1024));
        Assert.Equal(total, got.Length);
        Assert.True(source.Resumes > 0);
        Assert.True(source.MostPending <= 64 * 1024 + Source.Piece, $"{source.MostPending} bytes pending");
    });

    [Fact]
    public void Without_a_producer_the_hard_cap_ends_it() => Run(async reactor =>
    {
        var server = new Probe();
        int port = Listen(reactor, () => server);
        using Socket socket = await reactor.DeferToThread(() => Call(port, window: 64 * 1024));
        await server.Made;
        byte[] piece = new byte[256 * 1024];
        int written = 0;
        while (server.LostCount == 0 && written < 100 * Mebibyte)
        {
            server.Transport.Write(piece);
            written += piece.Length;
            await reactor.DeferLater(TimeSpan.Zero);
        }
        Assert.IsType<WriteBufferExceededException>(await server.Lost);
        Assert.True(written < 40 * Mebibyte, $"{written} bytes written");
    });

    [Theory]
    [InlineData("before a write")]
    [InlineData("in the middle of a write")]
    [InlineData("after a write")]
    public void A_peer_that_resets(string moment) => Run(async reactor =>
    {
        var server = new Probe();
        int port = Listen(reactor, () => server);
        Socket socket = await reactor.DeferToThread(() => Call(port, window: 64 * 1024));
        await server.Made;
        if (moment == "in the middle of a write")
            server.Transport.Write(new byte[8 * Mebibyte]);
        else if (moment == "after a write")
            server.Transport.Write("answer"u8);
        await reactor.DeferLater(TimeSpan.Zero); // what goes out has gone out
        Reset(socket);
        if (moment == "before a write")
            server.Transport.Write("too late"u8);
        Assert.IsType<ConnectionLostException>(await server.Lost);
        server.Transport.Write("much too late"u8);
        await Wait(reactor, 0.01);
        Assert.Equal(1, server.LostCount);
        Assert.Empty(Reported);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_peer_that_goes_while_we_are_paused_makes_no_spin_and_is_noticed_afterwards(bool reset) =>
        Run(async reactor =>
        {
            var server = new Probe { OnMade = probe => probe.Transport.PauseProducing() };
            int port = Listen(reactor, () => server);
            Socket socket = await reactor.DeferToThread(() => Call(port));
            await server.Made;
            socket.Send("last words"u8);
            if (reset)
                Reset(socket);
            else
                socket.Dispose();
            await Wait(reactor, 0.05);
            TimeSpan before = ThreadTime.Now;
            await Wait(reactor, 1);
            TimeSpan cpu = ThreadTime.Now - before;
            Assert.True(cpu < TimeSpan.FromSeconds(0.1), $"{cpu} of CPU in a second of doing nothing");
            Assert.Equal(0, server.LostCount);
            server.Transport.ResumeProducing();
            Exception reason = await server.Lost;
            Assert.IsType(reset ? typeof(ConnectionLostException) : typeof(ConnectionDoneException), reason);
        });

    private static int Listen(IReactor reactor, Func<IProtocol> build) =>
        reactor.ListenTcp(0, build, "127.0.0.1").Host.Port;

    private static Socket Call(int port, int window = 0)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (window > 0)
            socket.ReceiveBufferSize = window;
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    private static byte[] ReadToEnd(Socket socket, int piece)
    {
        using var all = new MemoryStream();
        byte[] buffer = new byte[piece];
        while (socket.Receive(buffer) is > 0 and var count)
            all.Write(buffer, 0, count);
        return all.ToArray();
    }

    private sealed class Echo : Protocol
    {
        protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);
    }

    /// <summary>Writes pieces while it may, then closes; a push producer.</summary>
    private sealed class Source(int total) : Protocol, IPushProducer
    {
        internal const int Piece = 16 * 1024;

        private readonly byte[] _piece = new byte[Piece];
        private bool _paused;
        private int _unsent;

        internal int Left { get; private set; } = total;

        internal int Pauses { get; private set; }

        internal int Resumes { get; private set; }

        internal int MostPending { get; private set; }

        protected override void ConnectionMade()
        {
            Transport.RegisterProducer(this);
            Produce();
        }

        public void PauseProducing()
        {
            Pauses++;
            _paused = true;
        }

        public void ResumeProducing()
        {
            Resumes++;
            _paused = false;
            _unsent = 0; // it is resumed when all is sent
            Produce();
        }

        public void StopProducing() => _paused = true;

        private void Produce()
        {
            while (!_paused && Left > 0)
            {
                Transport.Write(_piece);
                Left -= Piece;
                _unsent += Piece;
                MostPending = Math.Max(MostPending, _unsent);
            }
            if (Left > 0)
                return;
            Transport.UnregisterProducer();
            Transport.LoseConnection();
        }
    }
}
