namespace Twisted.Benchmarks.Load;

/// <summary>L5: a million timers, and a million calls from threads, in one process.</summary>
internal static class TimerTest
{
    private const int Timers = 1_000_000;
    private const int Threads = 8;
    private const int CallsPerThread = 125_000;
    private const int SpreadMilliseconds = 1000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    internal static async Task Run(LoadRun run)
    {
        IReactor reactor = run.Reactor;
        await reactor.DeferLater(TimeSpan.FromMilliseconds(50)); // the start of the server has let go of its time limit
        int before = reactor.DelayedCalls.Count;
        var timers = new TimerCheck(reactor, run.RandomOf(6), Timers, SpreadMilliseconds);
        timers.SetAll();
        run.Result.Exactly("timers pending", reactor.DelayedCalls.Count - before, Timers);
        var calls = new ThreadCheck(reactor, Threads, CallsPerThread);
        calls.Start();
        await calls.Ended.AddTimeout(Limit, reactor);
        int pending = reactor.DelayedCalls.Count - before;
        LoadRun.Say($"{Threads * CallsPerThread:N0} calls have come while {pending:N0} timers waited");
        await timers.Ended.AddTimeout(Limit, reactor);
        await reactor.DeferLater(TimeSpan.FromMilliseconds(1)); // what would run twice would have run by now
        LoadResult result = run.Result;
        result.Exactly("timers run", timers.HasRun, Timers);
        result.Exactly("timers run twice", timers.Twice, 0);
        result.Exactly("timers lost", timers.Lost, 0);
        result.Exactly("timers before their time", timers.Early, 0);
        result.Exactly("timers out of order", timers.OutOfOrder, 0);
        result.Exactly("timers pending at the end", reactor.DelayedCalls.Count - before, 0);
        result.Exactly("calls from threads run", calls.HasRun, Threads * (long)CallsPerThread);
        result.Exactly("calls from threads out of order in their thread", calls.OutOfOrder, 0);
        result.Exactly("calls from threads lost", calls.Lost, 0);
        result.Exactly("calls from threads run twice", calls.Twice, 0);
    }
}

/// <summary>Many timers: each must run once, not early, and after those that were due before it.</summary>
internal sealed class TimerCheck(IReactorTime reactor, Random random, int count, int spreadMilliseconds)
{
    private readonly byte[] _runs = new byte[count];
    private readonly TimeSpan[] _due = new TimeSpan[count];
    private TimeSpan _last;
    private int _lastNumber;

    internal Deferred Ended { get; } = new();

    internal int HasRun { get; private set; }

    internal int Early { get; private set; }

    internal int OutOfOrder { get; private set; }

    internal int Lost => _runs.Count(static times => times == 0);

    internal int Twice => _runs.Count(static times => times > 1);

    internal void SetAll()
    {
        for (int i = 0; i < count; i++)
        {
            // Whole milliseconds after a time that has not passed when the last is set, so that none runs before that.
            TimeSpan delay = TimeSpan.FromMilliseconds(2000 + random.Next(spreadMilliseconds));
            _due[i] = reactor.CallLater(delay, Ran, i).Time;
        }
    }

    internal void Ran(int number)
    {
        TimeSpan due = _due[number];
        if (due > reactor.Now)
            Early++;
        if (due < _last || (due == _last && number < _lastNumber))
            OutOfOrder++;
        _last = due;
        _lastNumber = number;
        if (_runs[number] < byte.MaxValue)
            _runs[number]++;
        if (++HasRun == count)
            Ended.Callback();
    }
}

/// <summary>Calls from many threads: each must run once, in the order of its thread.</summary>
internal sealed class ThreadCheck(IReactor reactor, int threads, int callsPerThread)
{
    private readonly byte[][] _runs = [.. Enumerable.Range(0, threads).Select(_ => new byte[callsPerThread])];
    private readonly int[] _next = new int[threads];

    internal Deferred Ended { get; } = new();

    internal long HasRun { get; private set; }

    internal int OutOfOrder { get; private set; }

    internal int Lost => _runs.Sum(runs => runs.Count(static times => times == 0));

    internal int Twice => _runs.Sum(runs => runs.Count(static times => times > 1));

    /// <summary>All threads begin.</summary>
    internal void Start()
    {
        for (int i = 0; i < threads; i++)
        {
            int thread = i;
            new Thread(() => CallAll(thread)) { IsBackground = true, Name = $"load {thread}" }.Start();
        }
    }

    internal void Ran(int thread, int number)
    {
        if (number != _next[thread])
            OutOfOrder++;
        _next[thread] = number + 1;
        if (_runs[thread][number] < byte.MaxValue)
            _runs[thread][number]++;
        if (++HasRun == threads * (long)callsPerThread)
            Ended.Callback();
    }

    private void CallAll(int thread)
    {
        for (int i = 0; i < callsPerThread; i++)
        {
            int number = i;
            reactor.CallFromThread(() => Ran(thread, number));
        }
    }
}
