namespace Twisted.Application.Tests;

public sealed class ConnectionQuotaTests : IDisposable
{
    private readonly MemoryNetwork _net = new(new VirtualClock());
    private readonly LogCapture _log = new();

    public void Dispose() => Janitor.AssertClean(_net.Clock);

    [Fact]
    public void A_fifth_of_the_descriptors_is_for_other_things()
    {
        Assert.Equal(800, ConnectionQuota.Usual(1000));
        Assert.Equal(1, ConnectionQuota.Usual(1));
        Assert.Equal(0, ConnectionQuota.Usual(null)); // without limit
        Assert.Equal(1717986917, ConnectionQuota.Usual(int.MaxValue));
    }

    [Fact]
    public void Servers_share_a_quota_and_have_their_own()
    {
        ConnectionQuota all = Quota(2, "all");
        StreamServerService one = Serve("one", Quota(1, "one", all));
        StreamServerService two = Serve("two", Quota(0, "two", all));
        MemoryPeer first = _net.Connect("one");
        Assert.False(_net.Connect("one").IsConnected);
        MemoryPeer second = _net.Connect("two");
        Assert.False(_net.Connect("two").IsConnected);
        Assert.Equal((1, 1), (one.ConnectionCount, two.ConnectionCount));
        first.Close();
        Assert.True(_net.Connect("two").IsConnected); // its place is free in both
        second.Close();
        Assert.True(_net.Connect("one").IsConnected);
        _net.Clock.Advance(TimeSpan.FromSeconds(20));
        Stop(one, two);
    }

    [Fact]
    public void What_could_not_be_built_takes_no_place()
    {
        bool isWilling = false;
        StreamServerService server = new(_net.Clock, _net.Server("x"),
            Factory.For(() => isWilling ? new Silent() : throw new InvalidOperationException("not now")))
        {
            Quota = Quota(1, "x"),
        };
        server.StartService().SuccessResult();
        Assert.Throws<InvalidOperationException>(() => _net.Connect("x"));
        isWilling = true;
        Assert.True(_net.Connect("x").IsConnected);
        Stop(server);
    }

    [Fact]
    public void A_burst_is_told_once_and_then_every_ten_seconds()
    {
        StreamServerService server = Serve("x", Quota(1, "--most"));
        _net.Connect("x");
        for (int i = 0; i < 5; i++)
            _net.Connect("x");
        const string Reached = "The limit of 1 connections (--most) is reached: the one from 127.0.0.1:";
        Assert.StartsWith(Reached, Assert.Single(_log.Events).Message, StringComparison.Ordinal);
        _net.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("Over the limit of 1 connections (--most), 4 more were closed in 10 seconds",
            _log.Events[^1].Message);
        _net.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(2, _log.Events.Count);
        _net.Connect("x");
        Assert.Equal(3, _log.Events.Count);
        Assert.StartsWith(Reached, _log.Events[^1].Message, StringComparison.Ordinal); // a new burst
        _net.Clock.Advance(TimeSpan.FromSeconds(10));
        Stop(server);
    }

    private ConnectionQuota Quota(int limit, string setting, ConnectionQuota? within = null) =>
        new(limit, setting, _net.Clock, _log.CreateLogger("quota")) { Within = within };

    private StreamServerService Serve(string name, ConnectionQuota quota)
    {
        var server = new StreamServerService(_net.Clock, _net.Server(name), Factory.For(() => new Silent()))
        {
            Quota = quota,
            DrainTimeout = TimeSpan.FromSeconds(10),
        };
        server.StartService().SuccessResult();
        return server;
    }

    private void Stop(params StreamServerService[] servers)
    {
        foreach (StreamServerService server in servers)
        {
            Deferred stopped = server.StopService();
            _net.Clock.Advance(TimeSpan.Zero);
            stopped.SuccessResult();
        }
    }

    private sealed class Silent : Protocol;
}
