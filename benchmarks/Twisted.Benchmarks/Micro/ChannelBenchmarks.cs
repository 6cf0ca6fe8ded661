using BenchmarkDotNet.Attributes;
using Twisted.Channels;

namespace Twisted.Benchmarks.Micro;

/// <summary>
/// Messages between two nodes over the loopback interface, both on one reactor and so on one core; the time is that of
/// one message.
/// </summary>
public class ChannelBenchmarks
{
    private const int Messages = 20_000;

    private readonly byte[] _payload = new byte[20];
    private IReactor _reactor = null!;
    private Node _one = null!;
    private Node _two = null!;
    private Deferred? _done;
    private Task _running = null!;
    private int _left;

    [GlobalSetup]
    public void Meet()
    {
        _reactor = Reactor.Create();
        _running = _reactor.RunAsync();
        OnReactor(MeetThere);
        Warmth.Bring(Post);
        Warmth.Bring(Send);
    }

    [GlobalCleanup]
    public void Part()
    {
        _reactor.CallFromThread(() => _reactor.Stop());
        _running.GetAwaiter().GetResult();
    }

    [Benchmark(Description = "post, 20 bytes, one hop", OperationsPerInvoke = Messages)]
    public void Post() => OnReactor(PostAll);

    [Benchmark(Description = "send and acknowledgement, 20 bytes", OperationsPerInvoke = Messages)]
    public void Send() => OnReactor(SendAll);

    private async Deferred MeetThere()
    {
        var met = new Deferred();
        var first = new NodeOptions
        {
            Id = 1,
            SharedSecret = new byte[NodeOptions.LeastSecret],
            Listen = "tcp:0:interface=127.0.0.1",
        };
        _one = new Node(_reactor, first);
        await _one.StartService();
        _one.Subscribe("count", (int _, ReadOnlySpan<byte> _) => Count());
        _two = new Node(_reactor, first with
        {
            Id = 2,
            Listen = null,
            Peers = new Dictionary<int, string> { [1] = $"tcp:127.0.0.1:{_one.Host!.Port}" },
        });
        _two.NodeUp += _ => met.Callback();
        await _two.StartService();
        await met;
    }

    private async Deferred PostAll()
    {
        _left = Messages;
        Deferred done = _done = new Deferred();
        for (int posted = 0; posted < Messages; posted++)
        {
            while (!_two.TryPost(1, "count", _payload))
                await _two.WhenReady(1);
        }
        await done;
    }

    private async Deferred SendAll()
    {
        _left = Messages;
        _done = null;
        var done = new Deferred();
        int unanswered = Messages;
        for (int sent = 0; sent < Messages; sent++)
        {
            while (!_two.Channels[1].IsReady)
                await _two.WhenReady(1);
            _two.Send(1, "count", _payload).AddCallback(() =>
            {
                if (--unanswered == 0)
                    done.Callback();
            }).Forget();
        }
        await done;
    }

    private void Count()
    {
        if (--_left == 0)
            _done?.Callback();
    }

    private void OnReactor(Func<Deferred> work)
    {
        using var done = new ManualResetEventSlim();
        Exception? failure = null;
        _reactor.CallFromThread(() => work().AddBoth(outcome =>
        {
            failure = outcome.Failure;
            done.Set();
        }).Forget());
        done.Wait();
        if (failure is not null)
            throw new BenchException(failure.Message);
    }
}
