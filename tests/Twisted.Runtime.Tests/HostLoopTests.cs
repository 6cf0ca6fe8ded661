using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary>What the owner of the loop may do, and what he finds.</summary>
public class HostLoopTests
{
    private static IReactor In(IHostLoop host, ReactorKind kind = ReactorKind.Automatic) =>
        Reactor.Create(new ReactorOptions { Kind = kind, HostLoop = host, HandleSignals = false });

    [Theory]
    [InlineData(ReactorKind.Epoll)]
    [InlineData(ReactorKind.Portable)]
    public void A_callback_of_the_hosts_writes_and_sets_timers(ReactorKind kind)
    {
        var loop = new HostedReactors.MessageLoop();
        IReactor reactor = In(loop, kind);
        var server = new Probe();
        var client = new Probe
        {
            OnData = probe => probe.Transport.LoseConnection(),
            OnLost = _ => reactor.Stop(),
        };
        reactor.CallWhenRunning(() =>
        {
            IListeningPort port = reactor.ListenTcp(0, () => server, "127.0.0.1");
            reactor.ConnectTcp("127.0.0.1", port.Host.Port, ClientFactory.For(() => client));
            server.Made.AddCallback(() => loop.Post(() =>
            {
                Assert.False(reactor.IsInReactorThread); // no iteration runs
                reactor.CallLater(TimeSpan.FromMilliseconds(5),
                    () => loop.Post(() => server.Transport.Write("from a button")));
            }));
        });
        reactor.Run();
        Assert.Equal("from a button"u8.ToArray(), client.Received);
    }

    [Fact]
    public async Task In_a_loop_that_its_owner_runs_the_reactor_is_started_and_stopped_as_a_task()
    {
        var loop = new HostedReactors.MessageLoop();
        IReactor reactor = In(new SynchronizationContextLoop(loop));
        using var stop = new CancellationTokenSource();
        Task ended = reactor.RunAsync(stop.Token);
        int thread = 0;
        reactor.CallWhenRunning(() =>
        {
            thread = Environment.CurrentManagedThreadId;
            stop.Cancel();
        });
        int owner = 0;
        Task running = Task.Factory.StartNew(() =>
        {
            owner = Environment.CurrentManagedThreadId;
            loop.Run();
        }, TaskCreationOptions.LongRunning);
        await ended;
        Assert.False(running.IsCompleted); // the loop goes on without the reactor
        loop.Quit();
        await running;
        Assert.Equal(owner, thread);
    }

    [Fact]
    public void The_hosts_own_context_is_there_between_iterations_and_the_reactors_within()
    {
        var loop = new HostedReactors.MessageLoop();
        IReactor reactor = In(loop);
        SynchronizationContext? within = null, between = null;
        reactor.CallWhenRunning(() =>
        {
            within = SynchronizationContext.Current;
            loop.Post(() =>
            {
                between = SynchronizationContext.Current;
                reactor.CallFromThread(reactor.Stop);
            });
        });
        reactor.Run();
        Assert.Same(loop, between);
        Assert.NotSame(loop, within);
        Assert.NotNull(within);
    }

    [Fact]
    public void A_context_cannot_be_run_by_the_reactor() => Assert.Throws<NotSupportedException>(
        () => In(new SynchronizationContextLoop(new SynchronizationContext())).Run());
}
