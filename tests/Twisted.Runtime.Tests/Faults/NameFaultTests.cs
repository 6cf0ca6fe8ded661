using Twisted.Processes;

namespace Twisted.Tests;

/// <summary>
/// Names whose server answers badly or not at all, through the system's own resolver: in a network of its own, where
/// /etc/resolv.conf is another.
/// </summary>
public sealed class NameFaultTests : IDisposable
{
    private const string Failed = "DnsLookupException: DNS lookup failed: ";

    private readonly string _settings = Path.GetTempFileName();

    public void Dispose() => File.Delete(_settings);

    [PeerTheory(Peers.Root, Peers.Ip, TwoHosts.Unshare)]
    [InlineData(ReactorKind.Epoll)]
    [InlineData(ReactorKind.Portable)]
    public void Each_bad_answer_is_told_as_what_it_is(ReactorKind kind)
    {
        using HostProcess host = Start(kind, out string port);
        Assert.StartsWith($"none.test {Failed}none.test: ", host.Ask("resolve none.test"), StringComparison.Ordinal);
        Assert.StartsWith($"broken.test {Failed}broken.test: ", host.Ask("resolve broken.test"),
            StringComparison.Ordinal);
        Assert.StartsWith($"empty.test {Failed}empty.test: ", host.Ask("resolve empty.test"),
            StringComparison.Ordinal);
        Assert.StartsWith($"silent.test {Failed}silent.test: ", host.Ask("resolve silent.test"),
            StringComparison.Ordinal);
        Assert.Equal("one.test 1 127.0.0.1 127.0.0.1", host.Ask("resolve one.test"));
        Assert.Equal("six.test 1 ::1 ::1", host.Ask("resolve six.test"));
        Assert.Equal("made", host.Ask($"client tcp:six.test:{port}"));
        Assert.Equal("whole", host.Ask("talk 1000"));
        Assert.Equal("1 open, 0 failures", host.Ask("state"));
    }

    [PeerTheory(Peers.Root, Peers.Ip, TwoHosts.Unshare)]
    [InlineData(ReactorKind.Epoll)]
    [InlineData(ReactorKind.Portable)]
    public void Of_1200_addresses_1000_are_taken_and_tried(ReactorKind kind)
    {
        using HostProcess host = Start(kind, out _);
        Assert.Matches(@"^many\.test 1000 10\.1\.\d+\.\d+ 10\.1\.\d+\.\d+$", host.Ask("resolve many.test"));
        string failed = host.Ask("client tcp:many.test:9"); // and there is no way to any of them
        Assert.StartsWith("failed NoRouteException: ", failed, StringComparison.Ordinal);
        Assert.EndsWith("and 990 more.", failed, StringComparison.Ordinal);
        Assert.Equal("one.test 1 127.0.0.1 127.0.0.1", host.Ask("resolve one.test"));
    }

    [PeerTheory(Peers.Root, Peers.Ip, TwoHosts.Unshare)]
    [InlineData(ReactorKind.Epoll)]
    [InlineData(ReactorKind.Portable)]
    public void When_all_threads_wait_for_names_everything_else_goes_on_and_the_next_name_has_its_turn(
        ReactorKind kind)
    {
        using HostProcess host = Start(kind, out string port);
        const int threads = 8;
        for (int i = 0; i < threads; i++)
            host.Tell($"resolve silent.test{i}");
        host.Tell("resolve one.test");
        host.Tell($"client tcp:\\:\\:1:{port}");
        Assert.Equal("made", host.ReadLine()); // before any name
        Assert.Equal("whole", host.Ask("talk 1000"));
        string[] names = [.. Enumerable.Range(0, threads + 1).Select(_ => host.ReadLine())];
        Assert.Equal(threads, names.Count(one => one.StartsWith("silent", StringComparison.Ordinal)));
        Assert.Contains("one.test 1 127.0.0.1 127.0.0.1", names);
        Assert.StartsWith("silent", names[0], StringComparison.Ordinal);
    }

    private HostProcess Start(ReactorKind kind, out string port)
    {
        File.WriteAllText(_settings, "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n");
        var host = new HostProcess($"service {kind} 'tcp:0:interface=\\:\\:1'",
            $"ip link set lo up; mount --bind {_settings} /etc/resolv.conf", TwoHosts.Unshare, "-n", "-m");
        try
        {
            port = host.ReadLine();
            Assert.Equal("answering", host.Ask("names"));
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }
}
