namespace Twisted.Conformance;

/// <summary>How a dead TCP peer is found out.</summary>
public abstract class KeepAliveContract : ReactorContract
{
    [Fact]
    public void Its_settings_are_kept_by_the_system() => Run(async reactor =>
    {
        Pair pair = await Connect(reactor, new Probe(), new Probe());
        foreach (Probe side in new[] { pair.Client, pair.Server })
        {
            var keepAlive = side.Transport.GetRequired<ITcpKeepAlive>();
            keepAlive.Idle = TimeSpan.FromSeconds(33);
            keepAlive.Interval = TimeSpan.FromMilliseconds(4100);
            keepAlive.Count = 6;
            keepAlive.UserTimeout = TimeSpan.FromMilliseconds(7500);
            Assert.Equal((33, 5, 6, 7.5), (keepAlive.Idle.TotalSeconds, keepAlive.Interval.TotalSeconds,
                keepAlive.Count, keepAlive.UserTimeout.TotalSeconds));
            Assert.Throws<ArgumentOutOfRangeException>(() => keepAlive.Idle = TimeSpan.Zero);
            Assert.Throws<ArgumentOutOfRangeException>(() => keepAlive.Interval = TimeSpan.FromDays(1));
            Assert.Throws<ArgumentOutOfRangeException>(() => keepAlive.Count = 0);
            Assert.Throws<ArgumentOutOfRangeException>(() => keepAlive.UserTimeout = TimeSpan.FromSeconds(-1));
        }
        ITcpKeepAlive late = pair.Client.Transport.GetRequired<ITcpKeepAlive>();
        pair.Client.Transport.LoseConnection();
        await pair.Client.Lost;
        late.Idle = TimeSpan.FromSeconds(1);
        Assert.Equal(TimeSpan.Zero, late.Idle);
    });
}
