using Twisted.Testing;

namespace Twisted.Tests;

public class MemoryNetworkTests
{
    private sealed class Echo : Protocol
    {
        protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);
    }

    [Fact]
    public void An_echo_server_answers_a_peer()
    {
        var net = new MemoryNetwork(new VirtualClock());
        net.Server("echo").Listen(Factory.For(() => new Echo())).Forget();
        MemoryPeer client = net.Connect("echo");
        client.Send("hello", chunk: 2);
        Assert.Equal("hello", client.Received);
        client.Close();
    }

    [Fact]
    public void An_idle_timeout_closes_in_virtual_time()
    {
        var net = new MemoryNetwork(new VirtualClock());
        net.Server("idle").Listen(Factory.For(() => new Idle(net.Clock))).Forget();
        MemoryPeer client = net.Connect("idle");
        net.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.True(client.IsConnected);
        net.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(client.IsConnected);
        Assert.IsType<ConnectionDoneException>(client.Reason);
    }

    [Fact]
    public async Task Four_mebibytes_then_lose_arrive_whole_through_endpoints()
    {
        var net = new MemoryNetwork(new VirtualClock());
        net.Server("big").Listen(Factory.For(() => new Big())).Forget();
        var counter = new Counter();
        net.Client("big").Connect(Factory.For(() => counter)).Forget();
        net.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(4 * 1024 * 1024, counter.Count);
        Assert.IsType<ConnectionDoneException>(counter.Reason);
        await Task.CompletedTask;
    }

    private sealed class Big : Protocol
    {
        protected override void ConnectionMade()
        {
            Transport.Write(new byte[4 * 1024 * 1024]);
            Transport.LoseConnection();
        }
    }

    private sealed class Counter : Protocol
    {
        internal int Count;
        internal Exception? Reason;

        protected override void DataReceived(ReadOnlySpan<byte> data) => Count += data.Length;

        protected override void ConnectionLost(Exception reason) => Reason = reason;
    }

    private sealed class Idle(IReactorTime reactor) : Protocol
    {
        protected override void ConnectionMade() =>
            _ = new IdleTimeout(reactor, TimeSpan.FromSeconds(30), Transport.LoseConnection);
    }
}
