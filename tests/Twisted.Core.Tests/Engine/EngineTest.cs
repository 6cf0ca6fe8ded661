using Twisted.Testing;

namespace Twisted.Tests;

/// <summary>The engine over a scripted driver: begun, entered, its log kept.</summary>
public abstract class EngineTest : IDisposable
{
    private protected EngineTest(string name = "tested")
    {
        Loop = new ReactorBase(Driver, Log.Logging, name);
        SynchronizationContext? runner = SynchronizationContext.Current;
        Loop.Begin();
        // An asynchronous test comes back through its runner, not through a loop that nobody runs.
        SynchronizationContext.SetSynchronizationContext(runner);
    }

    private protected ScriptedDriver Driver { get; } = new();

    private protected LogCapture Log { get; } = new();

    private protected ReactorBase Loop { get; }

    /// <summary>The messages of the log so far.</summary>
    private protected IEnumerable<string> Lines => Log.Events.Select(logged => logged.Message);

    /// <summary>One iteration that does not wait.</summary>
    private protected bool Step() => Loop.Iterate(mayWait: false);

    /// <summary>The clock moves and the loop goes round.</summary>
    private protected void Pass(double seconds)
    {
        Driver.Time.MoveTo(Driver.Time.Elapsed + TimeSpan.FromSeconds(seconds));
        Step();
    }

    /// <summary>All work that was meant for threads is done, here.</summary>
    private protected void DoWork()
    {
        while (Driver.Work.TryDequeue(out Action? work))
            work();
    }

    public virtual void Dispose()
    {
        Assert.Null(Loop.Invariants.First);
        if (Loop.IsInReactorThread)
            Loop.Leave();
        GC.SuppressFinalize(this);
    }
}
