using System.Net;
using System.Net.Sockets;
using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary>The edges of accepting.</summary>
public class ListeningPortFaultTests : FaultTests
{
    [Fact]
    public void A_port_closed_inside_BuildProtocol_keeps_that_connection_and_resets_those_that_wait() =>
        Run(async reactor =>
        {
            IListeningPort? port = null;
            Deferred? closed = null;
            var server = new Probe();
            int built = 0;
            port = reactor.ListenTcp(0, () =>
            {
                built++;
                closed ??= port!.StopListening();
                return server;
            }, "127.0.0.1");
            // All three are in the backlog before the loop looks at the port again.
            Socket[] sockets = [Call(port.Host.Port), Call(port.Host.Port), Call(port.Host.Port)];
            await server.Made;
            await closed!;
            Assert.Equal(1, built);
            Assert.Equal(0, server.LostCount);
            server.Transport.Write("still served"u8);
            await reactor.DeferLater(TimeSpan.Zero);
            string[] answers = await reactor.DeferToThread(() => sockets.Select(Listen).ToArray());
            Assert.Equal(["reset", "reset", "still served"], answers.Order());
            foreach (Socket socket in sockets)
                socket.Dispose();
            await server.Lost;
        });

    [Fact]
    public void Connections_that_wait_at_a_port_that_stops_are_reset_and_never_built() => Run(async reactor =>
    {
        int built = 0;
        IListeningPort port = reactor.ListenTcp(0, () =>
        {
            built++;
            return new Probe();
        }, "127.0.0.1");
        Socket[] sockets = [Call(port.Host.Port), Call(port.Host.Port)];
        await port.StopListening();
        string[] answers = await reactor.DeferToThread(() => sockets.Select(Listen).ToArray());
        Assert.Equal(["reset", "reset"], answers);
        await Wait(reactor, 0.01);
        Assert.Equal(0, built);
    });

    [Fact]
    public void A_connection_that_has_already_reset_is_made_and_lost_and_the_next_is_served() => Run(async reactor =>
    {
        var gone = new Probe();
        var next = new Probe();
        var servers = new Queue<Probe>([gone, next]);
        IListeningPort port = reactor.ListenTcp(0, () => servers.Dequeue(), "127.0.0.1");
        Socket rude = Call(port.Host.Port);
        rude.LingerState = new LingerOption(true, 0);
        rude.Dispose();
        using Socket polite = Call(port.Host.Port);
        Exception reason = await gone.Lost;
        Assert.IsType<ConnectionLostException>(reason);
        await next.Made;
        Assert.Equal(0, next.LostCount);
        Assert.Empty(Reported);
    });

    [Fact]
    public void A_port_that_is_closed_and_opened_inside_BuildProtocol_goes_on() => Run(async reactor =>
    {
        IListeningPort? port = null;
        var servers = new List<Probe>();
        port = reactor.ListenTcp(0, () =>
        {
            if (servers.Count == 0)
            {
                port!.StopListening().Forget();
                port.StartListening();
            }
            servers.Add(new Probe());
            return servers[^1];
        }, "127.0.0.1");
        using Socket first = Call(port.Host.Port);
        await Until(reactor, () => servers.Count == 1);
        using Socket second = Call(port.Host.Port);
        await Until(reactor, () => servers.Count == 2);
        Assert.All(servers, server => Assert.Equal(0, server.LostCount));
    });

    /// <summary>Connects at once: the system does that without the reactor.</summary>
    private static Socket Call(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    private static string Listen(Socket socket)
    {
        byte[] buffer = new byte[100];
        try
        {
            return System.Text.Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer));
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.ConnectionReset)
        {
            return "reset";
        }
    }
}
