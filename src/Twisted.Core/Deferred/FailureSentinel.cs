namespace Twisted;

/// <summary>
/// Lives while a chain has ended failed and nobody has looked. When the chain is collected, so is this, and its
/// finalizer reports the failure. Chains that succeed never have one.
/// </summary>
internal sealed class FailureSentinel
{
    private readonly Exception _failure;
    private readonly FailureSink? _sink;
    private readonly string _source;

    internal FailureSentinel(Exception failure, Deferred chain)
    {
        _failure = failure;
        _sink = FailureSink.Current;
        _source = "Deferred" + DeferredTrace.Describe(chain);
        if (_sink is not null)
            Interlocked.Increment(ref _sink.Outstanding);
    }

    ~FailureSentinel()
    {
        if (_sink is null)
            Deferred.RaiseUnhandledFailure(_failure);
        else
        {
            Interlocked.Decrement(ref _sink.Outstanding);
            _sink.Lost(_failure, _source);
        }
    }

    /// <summary>Somebody has looked at the failure after all.</summary>
    internal void Handled()
    {
#pragma warning disable CA1816 // the finalizer is the report; there is nothing to dispose
        GC.SuppressFinalize(this);
#pragma warning restore CA1816
        if (_sink is not null)
            Interlocked.Decrement(ref _sink.Outstanding);
    }
}
