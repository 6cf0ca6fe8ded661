namespace Twisted.Internet;

/// <summary>Brings <c>await</c> of Tasks back to the reactor thread. Post always queues, also on that thread.</summary>
internal sealed class ReactorSynchronizationContext(ReactorBase reactor) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => reactor.Enqueue(new QueuedCall(d, state));

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (reactor.IsInReactorThread)
        {
            d(state);
            return;
        }
        reactor.InvokeAsync(() =>
        {
            d(state);
            return Deferred.Succeed(0);
        }).GetAwaiter().GetResult();
    }

    public override SynchronizationContext CreateCopy() => this;
}
