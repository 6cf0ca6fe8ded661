using System.Runtime.CompilerServices;

namespace Twisted;

// The steps. Each is one shared instance for its types; Unsafe.As is right because the public AddXxx that pairs a
// kind with its delegate and its target is the only place that makes such a link.

/// <summary>A step that runs user code and turns what it throws into the chain's failure.</summary>
internal abstract class UserStep : LinkKind
{
    internal sealed override Deferred? Run(Deferred chain, in Link link)
    {
        try
        {
            if (chain.HasFailed ? !OnFailure(chain, link) : !OnSuccess(chain, link))
                return null; // it waits for another Deferred, or passes the result on as it is
        }
        catch (Exception failure)
        {
            chain.SetFailure(failure);
        }
        chain.Holder = link.Target;
        return null;
    }

    /// <summary>Runs on success; true when the value is now in the link's target.</summary>
    protected abstract bool OnSuccess(Deferred chain, in Link link);

    /// <summary>Runs on failure; true when the step is done.</summary>
    protected abstract bool OnFailure(Deferred chain, in Link link);

    protected static bool Follow(Deferred chain, Deferred? inner)
    {
        if (inner is null)
            chain.SetFailure(Deferred.ReturnedNull());
        else
            chain.Follow(inner, ContinueWithoutValue.Instance, null, fits: true);
        return false;
    }

    protected static bool Follow<U>(Deferred chain, in Link link, Deferred<U>? inner)
    {
        if (inner is null)
            chain.SetFailure(Deferred.ReturnedNull());
        else
            chain.Follow(inner, ContinueWithValue<U>.Instance, link.Target,
                fits: link.Target is null || inner.Tail is Deferred<U>);
        return false;
    }

    /// <summary>Stores a value. A Deferred that comes out of a link typed <c>object</c> is followed.</summary>
    protected static bool Store<U>(Deferred chain, in Link link, U value)
    {
        if (!typeof(U).IsValueType && value is Deferred inner)
        {
            chain.Follow(inner, ContinueWithBoxedValue<U>.Instance, link.Target, fits: true);
            return false;
        }
        if (link.Target is not null)
            Unsafe.As<Deferred<U>>(link.Target).CurrentValue = value;
        return true;
    }

    /// <summary>The value that the chain has now. Its type was checked when the link was added.</summary>
    protected static T Value<T>(Deferred chain) => Unsafe.As<Deferred<T>>(chain.Holder!).CurrentValue;
}

/// <summary>A step for success only: a failure passes.</summary>
internal abstract class CallbackStep : UserStep
{
    protected sealed override bool OnFailure(Deferred chain, in Link link) => true;
}

/// <summary>A step for one kind of failure: success and other failures pass.</summary>
internal abstract class ErrbackStep<E> : UserStep where E : Exception
{
    protected sealed override bool OnSuccess(Deferred chain, in Link link) => true;

    protected sealed override bool OnFailure(Deferred chain, in Link link) =>
        chain.CurrentFailure is not E || Handle(chain, link, (E)chain.TakeFailure());

    protected abstract bool Handle(Deferred chain, in Link link, E failure);
}

internal sealed class CallbackToNothing : CallbackStep
{
    internal static readonly CallbackToNothing Instance = new();

    protected override bool OnSuccess(Deferred chain, in Link link)
    {
        Unsafe.As<Action>(link.State)();
        return true;
    }
}

internal sealed class CallbackToDeferred : CallbackStep
{
    internal static readonly CallbackToDeferred Instance = new();

    protected override bool OnSuccess(Deferred chain, in Link link) =>
        Follow(chain, Unsafe.As<Func<Deferred>>(link.State)());
}

internal sealed class CallbackToValue<U> : CallbackStep
{
    internal static readonly CallbackToValue<U> Instance = new();

    protected override bool OnSuccess(Deferred chain, in Link link) =>
        Store(chain, link, Unsafe.As<Func<U>>(link.State)());
}

internal sealed class CallbackToDeferredValue<U> : CallbackStep
{
    internal static readonly CallbackToDeferredValue<U> Instance = new();

    protected override bool OnSuccess(Deferred chain, in Link link) =>
        Follow(chain, link, Unsafe.As<Func<Deferred<U>>>(link.State)());
}

internal sealed class ValueToNothing<T> : CallbackStep
{
    internal static readonly ValueToNothing<T> Instance = new();

    protected override bool OnSuccess(Deferred chain, in Link link)
    {
        Unsafe.As<Action<T>>(link.State)(Value<T>(chain));
        return true;
    }
}

internal sealed class ValueToDeferred<T> : CallbackStep
{
    internal static readonly ValueToDeferred<T> Instance = new();

    protected override bool OnSuccess(Deferred chain, in Link link) =>
        Follow(chain, Unsafe.As<Func<T, Deferred>>(link.State)(Value<T>(chain)));
}

internal sealed class ValueToValue<T, U> : CallbackStep
{
    internal static readonly ValueToValue<T, U> Instance = new();

    protected override bool OnSuccess(Deferred chain, in Link link) =>
        Store(chain, link, Unsafe.As<Func<T, U>>(link.State)(Value<T>(chain)));
}

internal sealed class ValueToDeferredValue<T, U> : CallbackStep
{
    internal static readonly ValueToDeferredValue<T, U> Instance = new();

    protected override bool OnSuccess(Deferred chain, in Link link) =>
        Follow(chain, link, Unsafe.As<Func<T, Deferred<U>>>(link.State)(Value<T>(chain)));
}

internal sealed class ErrbackToNothing<E> : ErrbackStep<E> where E : Exception
{
    internal static readonly ErrbackToNothing<E> Instance = new();

    protected override bool Handle(Deferred chain, in Link link, E failure)
    {
        Unsafe.As<Action<E>>(link.State)(failure);
        return true;
    }
}

internal sealed class ErrbackToDeferred<E> : ErrbackStep<E> where E : Exception
{
    internal static readonly ErrbackToDeferred<E> Instance = new();

    protected override bool Handle(Deferred chain, in Link link, E failure) =>
        Follow(chain, Unsafe.As<Func<E, Deferred>>(link.State)(failure));
}

internal sealed class ErrbackToValue<E, T> : ErrbackStep<E> where E : Exception
{
    internal static readonly ErrbackToValue<E, T> Instance = new();

    protected override bool Handle(Deferred chain, in Link link, E failure) =>
        Store(chain, link, Unsafe.As<Func<E, T>>(link.State)(failure));
}

internal sealed class ErrbackToDeferredValue<E, T> : ErrbackStep<E> where E : Exception
{
    internal static readonly ErrbackToDeferredValue<E, T> Instance = new();

    protected override bool Handle(Deferred chain, in Link link, E failure) =>
        Follow(chain, link, Unsafe.As<Func<E, Deferred<T>>>(link.State)(failure));
}
