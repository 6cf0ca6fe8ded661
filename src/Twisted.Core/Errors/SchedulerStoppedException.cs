namespace Twisted.Internet;

/// <summary>The Cooperator of a task was stopped: what its <c>WhenDone</c> fails with.</summary>
/// <remarks>Twisted: <c>task.SchedulerStopped</c>.</remarks>
public sealed class SchedulerStoppedException : TaskFinishedException
{
    /// <summary>The usual text.</summary>
    public SchedulerStoppedException() : base("This task had not done all its work when its cooperator stopped.") { }
}
