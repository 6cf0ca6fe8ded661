namespace Twisted.Internet;

/// <summary>A CooperativeTask was stopped: what its <c>WhenDone</c> fails with.</summary>
/// <remarks>Twisted: <c>task.TaskStopped</c>.</remarks>
public sealed class TaskStoppedException : TaskFinishedException
{
    /// <summary>The usual text.</summary>
    public TaskStoppedException() : base("This task was stopped before it had done all its work.") { }
}
