namespace Twisted;

// Waiting for several. The chains that are given keep their results, unless it says otherwise.
public partial class Deferred
{
    /// <summary>
    /// Waits for all and yields their values in order; fails with <see cref="FirstErrorException"/> at the first
    /// failure. Failures are taken out of the chains. The others go on; cancelling cancels all.
    /// </summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="all">The Deferreds.</param>
    public static Deferred<T[]> GatherResults<T>(IEnumerable<Deferred<T>> all)
    {
        Deferred<T>[] items = [.. all];
        var values = new T[items.Length];
        var gathered = new Deferred<T[]>(_ => CancelAll(items));
        int missing = items.Length;
        if (missing == 0)
            gathered.Callback(values);
        for (int i = 0; i < items.Length; i++)
        {
            int index = i;
            items[i].Watch(outcome =>
            {
                if (outcome.Failure is not null)
                    return FailFirst(gathered, outcome.Failure, index);
                values[index] = outcome.Value;
                if (--missing == 0 && !gathered.IsFired)
                    gathered.Callback(values);
                return false;
            });
        }
        return gathered;
    }

    /// <summary>Waits for all; fails with <see cref="FirstErrorException"/> at the first failure.</summary>
    /// <param name="all">The Deferreds; their values, if they have any, stay in their chains.</param>
    public static Deferred GatherResults(IEnumerable<Deferred> all)
    {
        Deferred[] items = [.. all];
        var gathered = new Deferred(_ => CancelAll(items));
        int missing = items.Length;
        if (missing == 0)
            gathered.Callback();
        for (int i = 0; i < items.Length; i++)
        {
            int index = i;
            items[i].Watch(outcome =>
            {
                if (outcome.Failure is not null)
                    return FailFirst(gathered, outcome.Failure, index);
                if (--missing == 0 && !gathered.IsFired)
                    gathered.Callback();
                return false;
            });
        }
        return gathered;
    }

    /// <summary>Waits for two and yields both values; fails with <see cref="FirstErrorException"/>.</summary>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    public static Deferred<(T1, T2)> GatherResults<T1, T2>(Deferred<T1> first, Deferred<T2> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var values = default((T1, T2));
        first.Watch(outcome =>
        {
            if (outcome.IsSuccess)
                values.Item1 = outcome.Value;
            return false;
        });
        second.Watch(outcome =>
        {
            if (outcome.IsSuccess)
                values.Item2 = outcome.Value;
            return false;
        });
        var gathered = new Deferred<(T1, T2)>(_ => CancelAll([first, second]));
        GatherResults([first, (Deferred)second]).AddCallbacks(
            () => gathered.Callback(values),
            failure => gathered.Errback(failure));
        return gathered;
    }

    /// <summary>Waits for all and yields how each ended, in order. Twisted: <c>DeferredList</c>.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="all">The Deferreds.</param>
    /// <param name="options">
    /// With <see cref="DeferredListOptions.FireOnOneCallback"/> it fires at the first success, with the outcomes
    /// that are there: the first that succeeded is the only one that has, and those without a result say so in their
    /// failure. An empty list fires at once, except with that option.
    /// </param>
    public static Deferred<Outcome<T>[]> List<T>(IEnumerable<Deferred<T>> all,
        DeferredListOptions options = DeferredListOptions.None)
    {
        Deferred<T>[] items = [.. all];
        var outcomes = new Outcome<T>[items.Length];
        if (options.HasFlag(DeferredListOptions.FireOnOneCallback))
            Array.Fill(outcomes, new Outcome<T>(default!, new InvalidOperationException("There was no result yet.")));
        var list = new Deferred<Outcome<T>[]>(_ => CancelAll(items));
        int missing = items.Length;
        if (missing == 0 && !options.HasFlag(DeferredListOptions.FireOnOneCallback))
            list.Callback(outcomes);
        for (int i = 0; i < items.Length; i++)
        {
            int index = i;
            items[i].Watch(outcome =>
            {
                outcomes[index] = outcome;
                missing--;
                if (!list.IsFired)
                {
                    if (outcome.IsSuccess && options.HasFlag(DeferredListOptions.FireOnOneCallback))
                        list.Callback([.. outcomes]); // a copy: later results would write into it
                    else if (!outcome.IsSuccess && options.HasFlag(DeferredListOptions.FireOnOneErrback))
                        list.Errback(new FirstErrorException(outcome.Failure!, index));
                    else if (missing == 0)
                        list.Callback(outcomes);
                }
                return options.HasFlag(DeferredListOptions.ConsumeErrors);
            });
        }
        return list;
    }

    /// <summary>
    /// Yields the first value and its place, and cancels the others; fails with <see cref="FailureGroupException"/>
    /// when all fail. Cancelling cancels all. Failures are taken out of the chains.
    /// </summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="all">The Deferreds, at least one.</param>
    public static Deferred<(int Index, T Value)> Race<T>(IEnumerable<Deferred<T>> all)
    {
        Deferred<T>[] items = [.. all];
        if (items.Length == 0)
            throw new ArgumentException("A race needs at least one Deferred.", nameof(all));
        var failures = new Exception[items.Length];
        var winner = new Deferred<(int, T)>(_ => CancelAll(items));
        int missing = items.Length;
        for (int i = 0; i < items.Length; i++)
        {
            int index = i;
            items[i].Watch(outcome =>
            {
                missing--;
                if (outcome.Failure is not null)
                    failures[index] = outcome.Failure;
                if (winner.IsFired)
                    return true;
                if (outcome.IsSuccess)
                {
                    T value = outcome.Value;
                    winner.Callback((index, value));
                    CancelAll(items);
                }
                else if (missing == 0)
                    winner.Errback(new FailureGroupException(failures));
                return true;
            });
        }
        return winner;
    }

    private static bool FailFirst(Deferred gathered, Exception failure, int index)
    {
        if (!gathered.IsFired)
            gathered.Errback(new FirstErrorException(failure, index));
        return true;
    }

    private static void CancelAll(IEnumerable<Deferred> items)
    {
        foreach (Deferred item in items)
        {
            try
            {
                item.Cancel();
            }
            catch (Exception failure) // of one canceller: the others have to run as well
            {
                FailureSink.Report(failure, "Canceller");
            }
        }
    }
}
