using System.Runtime.CompilerServices;

namespace Twisted;

// The steps that run on success and on failure alike.

/// <summary>A step that is given an <see cref="Outcome"/>.</summary>
internal abstract class BothStep : UserStep
{
    protected sealed override bool OnSuccess(Deferred chain, in Link link) => Handle(chain, link, default);

    protected sealed override bool OnFailure(Deferred chain, in Link link) =>
        Handle(chain, link, new Outcome(chain.TakeFailure()));

    protected abstract bool Handle(Deferred chain, in Link link, Outcome outcome);
}

/// <summary>A step that is given an <see cref="Outcome{T}"/>.</summary>
internal abstract class BothStep<T> : UserStep
{
    protected sealed override bool OnSuccess(Deferred chain, in Link link) =>
        Handle(chain, link, new Outcome<T>(Value<T>(chain), null));

    protected sealed override bool OnFailure(Deferred chain, in Link link) =>
        Handle(chain, link, new Outcome<T>(default!, chain.TakeFailure()));

    protected abstract bool Handle(Deferred chain, in Link link, Outcome<T> outcome);
}

internal sealed class BothToNothing : BothStep
{
    internal static readonly BothToNothing Instance = new();

    protected override bool Handle(Deferred chain, in Link link, Outcome outcome)
    {
        Unsafe.As<Action<Outcome>>(link.State)(outcome);
        return true;
    }
}

internal sealed class BothToDeferred : BothStep
{
    internal static readonly BothToDeferred Instance = new();

    protected override bool Handle(Deferred chain, in Link link, Outcome outcome) =>
        Follow(chain, Unsafe.As<Func<Outcome, Deferred>>(link.State)(outcome));
}

internal sealed class BothToNothing<T> : BothStep<T>
{
    internal static readonly BothToNothing<T> Instance = new();

    protected override bool Handle(Deferred chain, in Link link, Outcome<T> outcome)
    {
        Unsafe.As<Action<Outcome<T>>>(link.State)(outcome);
        return true;
    }
}

internal sealed class BothToDeferred<T> : BothStep<T>
{
    internal static readonly BothToDeferred<T> Instance = new();

    protected override bool Handle(Deferred chain, in Link link, Outcome<T> outcome) =>
        Follow(chain, Unsafe.As<Func<Outcome<T>, Deferred>>(link.State)(outcome));
}

internal sealed class BothToValue<T, U> : BothStep<T>
{
    internal static readonly BothToValue<T, U> Instance = new();

    protected override bool Handle(Deferred chain, in Link link, Outcome<T> outcome) =>
        Store(chain, link, Unsafe.As<Func<Outcome<T>, U>>(link.State)(outcome));
}

internal sealed class BothToDeferredValue<T, U> : BothStep<T>
{
    internal static readonly BothToDeferredValue<T, U> Instance = new();

    protected override bool Handle(Deferred chain, in Link link, Outcome<T> outcome) =>
        Follow(chain, link, Unsafe.As<Func<Outcome<T>, Deferred<U>>>(link.State)(outcome));
}

/// <summary>Runs on both ends and leaves the result as it is.</summary>
internal sealed class Cleanup : UserStep
{
    internal static readonly Cleanup Instance = new();

    protected override bool OnSuccess(Deferred chain, in Link link)
    {
        Unsafe.As<Action>(link.State)();
        return true;
    }

    protected override bool OnFailure(Deferred chain, in Link link) => OnSuccess(chain, link);
}

/// <summary>Runs on both ends, waits for the Deferred it gets, and leaves the result as it is.</summary>
internal sealed class CleanupThatWaits : UserStep
{
    internal static readonly CleanupThatWaits Instance = new();

    protected override bool OnSuccess(Deferred chain, in Link link) =>
        Wait(chain, link, Unsafe.As<Func<Deferred>>(link.State)());

    protected override bool OnFailure(Deferred chain, in Link link)
    {
        Deferred? cleanup = Unsafe.As<Func<Deferred>>(link.State)();
        Exception failure = chain.TakeFailure();
        return Wait(chain, link, cleanup?.AddCallback(() => Deferred.Fail(failure)));
    }

    // The value, if there is one, stays where it is: the link's target is who holds it already.
    private static bool Wait(Deferred chain, in Link link, Deferred? cleanup)
    {
        chain.Holder = link.Target;
        if (cleanup is null)
            chain.SetFailure(Deferred.ReturnedNull());
        else
            chain.Follow(cleanup, ContinueWithoutValue.Instance, link.Target, fits: true);
        return false;
    }
}

/// <summary>Shows the result to a watcher, which says whether a failure is taken out of the chain.</summary>
internal sealed class Tap : UserStep
{
    internal static readonly Tap Instance = new();

    protected override bool OnSuccess(Deferred chain, in Link link)
    {
        Unsafe.As<Func<Outcome, bool>>(link.State)(default);
        return true;
    }

    protected override bool OnFailure(Deferred chain, in Link link)
    {
        if (Unsafe.As<Func<Outcome, bool>>(link.State)(new Outcome(chain.CurrentFailure)))
            chain.TakeFailure();
        return true;
    }
}

/// <inheritdoc cref="Tap"/>
internal sealed class Tap<T> : UserStep
{
    internal static readonly Tap<T> Instance = new();

    protected override bool OnSuccess(Deferred chain, in Link link)
    {
        Unsafe.As<Func<Outcome<T>, bool>>(link.State)(new Outcome<T>(Value<T>(chain), null));
        return true;
    }

    protected override bool OnFailure(Deferred chain, in Link link)
    {
        if (Unsafe.As<Func<Outcome<T>, bool>>(link.State)(new Outcome<T>(default!, chain.CurrentFailure)))
        {
            chain.TakeFailure();
            Unsafe.As<Deferred<T>>(link.Target!).CurrentValue = default!;
        }
        return true;
    }
}
