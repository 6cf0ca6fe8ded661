using System.Net;

namespace Twisted.Conformance;

/// <summary>
/// Received bytes that are written on as they are: the reactor does not copy large ones, and nobody may notice.
/// </summary>
public abstract class PassingOnContract : ReactorContract
{
    private const int Mebibyte = 1024 * 1024;

    private delegate void Receiving(ITransport own, ReadOnlySpan<byte> data);

    private sealed class PassesOn(Receiving receiving) : Probe
    {
        protected override void DataReceived(ReadOnlySpan<byte> data) => receiving(Transport, data);
    }

    private static byte[] Noise(int length)
    {
        byte[] data = new byte[length];
        new Random(length).NextBytes(data);
        return data;
    }

    [Fact]
    public void An_echo_is_whole_when_the_peer_takes_it_slowly() => Run(async reactor =>
    {
        byte[] data = Noise(8 * Mebibyte);
        var server = new PassesOn((own, piece) => own.Write(piece));
        var client = new Probe { OnMade = probe => ((IPushProducer)probe.Transport).PauseProducing() };
        await Connect(reactor, server, client);
        client.Transport.Write(data);
        while (client.Received.Count < data.Length)
        {
            await Wait(reactor, 0.001);
            client.Transport.ResumeProducing();
            await Wait(reactor, 0.001);
            client.Transport.PauseProducing();
        }
        Assert.True(data.AsSpan().SequenceEqual(client.Received.ToArray()));
    });

    [Fact]
    public void What_is_written_around_it_keeps_its_place() => Run(async reactor =>
    {
        byte[] data = Noise(2 * Mebibyte);
        var expected = new List<byte>();
        var server = new PassesOn((own, piece) =>
        {
            Write("before"u8);
            Write(piece);
            Write("between"u8);
            Write(piece);
            Write(piece[(piece.Length / 2)..]);
            Write("behind"u8);

            void Write(ReadOnlySpan<byte> bytes)
            {
                own.Write(bytes);
                expected.AddRange(bytes);
            }
        });
        var client = new Probe();
        await Connect(reactor, server, client);
        client.Transport.Write(data);
        await UntilAllCame(reactor, client, 5 * data.Length / 2, expected);
        Assert.True(expected.SequenceEqual(client.Received));
    });

    [Fact]
    public void What_is_written_behind_it_keeps_its_place() => Run(async reactor =>
    {
        byte[] data = Noise(4 * Mebibyte);
        var expected = new List<byte>();
        var server = new PassesOn((own, piece) =>
        {
            own.Write(piece);
            own.Write("behind"u8);
            expected.AddRange(piece);
            expected.AddRange("behind"u8);
        });
        var client = new Probe();
        await Connect(reactor, server, client);
        client.Transport.Write(data);
        await UntilAllCame(reactor, client, data.Length, expected);
        Assert.True(expected.SequenceEqual(client.Received));
    });

    private async Deferred UntilAllCame(IReactor reactor, Probe client, int atLeast, List<byte> expected)
    {
        while (client.Received.Count < atLeast || client.Received.Count < expected.Count)
            await Wait(reactor, 0.002);
    }

    [Fact]
    public void An_abort_in_the_same_callback_discards_it() => Run(async reactor =>
    {
        var server = new PassesOn((own, piece) =>
        {
            own.Write(piece);
            own.AbortConnection();
        });
        var client = new Probe();
        Pair pair = await Connect(reactor, server, client);
        client.Transport.Write(Noise(60_000));
        AssertAborted(await pair.Client.Lost);
        Assert.Empty(client.Received);
    });

    [Fact]
    public void Datagrams_that_came_together_are_passed_on_whole() => Run(async reactor =>
    {
        byte[][] datagrams = [Noise(9_001), Noise(9_002), Noise(9_003)];
        var server = new Probe();
        var client = new Probe();
        await Connect(reactor, server, client);
        IListeningPort port = reactor.ListenUdp(0, new Forwards(server), "127.0.0.1", maxPacketSize: 10_000);
        var sender = new Forwards(server);
        reactor.ListenUdp(0, sender, "127.0.0.1");
        foreach (byte[] datagram in datagrams)
            sender.Send(datagram, (IPEndPoint)port.Host);
        while (client.Received.Count < datagrams.Sum(datagram => datagram.Length))
            await Wait(reactor, 0.002);
        Assert.True(datagrams.SelectMany(datagram => datagram).SequenceEqual(client.Received));
    });

    private sealed class Forwards(Probe to) : DatagramProtocol
    {
        internal void Send(byte[] data, IPEndPoint address) => Transport.Write(data, address);

        protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from) => to.Transport.Write(data);
    }
}
