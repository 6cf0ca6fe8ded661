namespace Twisted.Internet;

/// <summary>A CooperativeTask was paused or stopped after it had failed.</summary>
/// <remarks>Twisted: <c>task.TaskFailed</c>. Its <c>WhenDone</c> fails with the failure itself.</remarks>
public sealed class TaskFailedException : TaskFinishedException
{
    /// <summary>With the failure.</summary>
    /// <param name="failure">What the task failed with.</param>
    public TaskFailedException(Exception failure)
        : base($"This task has failed, so there is nothing to pause or stop: {failure?.Message}", failure) { }
}
