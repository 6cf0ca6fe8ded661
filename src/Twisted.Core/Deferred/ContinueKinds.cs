using System.Runtime.CompilerServices;

namespace Twisted;

// The steps that pass a result on: to a chain that waits for this one, or to an async method that awaits it.

/// <summary>Releases a chain that waited for this one and needs no value of it.</summary>
internal sealed class ContinueWithoutValue : LinkKind
{
    internal static readonly ContinueWithoutValue Instance = new();

    internal override Deferred? Run(Deferred chain, in Link link)
    {
        var waiting = Unsafe.As<Deferred>(link.State);
        chain.HandOver(waiting);
        return waiting;
    }
}

/// <summary>Releases a chain that waited for this one and takes its value.</summary>
internal sealed class ContinueWithValue<U> : LinkKind
{
    internal static readonly ContinueWithValue<U> Instance = new();

    internal override Deferred? Run(Deferred chain, in Link link)
    {
        var waiting = Unsafe.As<Deferred>(link.State);
        if (!chain.HasFailed && waiting.Holder is not null)
        {
            var source = Unsafe.As<Deferred<U>>(chain.Holder!);
            Unsafe.As<Deferred<U>>(waiting.Holder).CurrentValue = source.CurrentValue;
            source.CurrentValue = default!;
        }
        chain.HandOver(waiting);
        return waiting;
    }
}

/// <summary>Releases a chain whose link is typed as a class and takes whatever value there is.</summary>
internal sealed class ContinueWithBoxedValue<U> : LinkKind
{
    internal static readonly ContinueWithBoxedValue<U> Instance = new();

    internal override Deferred? Run(Deferred chain, in Link link)
    {
        var waiting = Unsafe.As<Deferred>(link.State);
        object? value = (chain.Holder as IHasValue)?.BoxedValue;
        bool failed = chain.HasFailed;
        chain.HandOver(waiting);
        if (failed || waiting.Holder is null)
            return waiting;
        if (value is U or null)
            Unsafe.As<Deferred<U>>(waiting.Holder).CurrentValue = (U)value!;
        else
            waiting.SetFailure(new InvalidCastException(
                $"A link typed {typeof(U).Name} returned a Deferred whose value is a {value.GetType().Name}."));
        return waiting;
    }
}

/// <summary>Calls the continuation of an await. The result stays, so that it can be awaited again.</summary>
internal sealed class Continuation : LinkKind
{
    internal static readonly Continuation Instance = new();

    internal override Deferred? Run(Deferred chain, in Link link)
    {
        chain.MarkObserved();
        try
        {
            Unsafe.As<Action>(link.State)();
        }
        catch (Exception failure) // not what the compiler makes: theirs never throw. The chain must go on
        {
            FailureSink.Report(failure, "Continuation of an await");
        }
        return null;
    }
}

/// <summary>Resumes an <c>async Deferred</c> method that awaits this chain.</summary>
internal sealed class Resumption : LinkKind
{
    internal static readonly Resumption Instance = new();

    internal override Deferred? Run(Deferred chain, in Link link)
    {
        chain.MarkObserved();
        return Unsafe.As<AsyncMethod>(link.State).ResumeFromChain();
    }
}
