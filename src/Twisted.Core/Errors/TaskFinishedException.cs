namespace Twisted.Internet;

/// <summary>A CooperativeTask was paused or stopped after it had come to its end.</summary>
/// <remarks>Twisted: <c>task.TaskFinished</c> and <c>task.TaskDone</c>.</remarks>
public class TaskFinishedException : InvalidOperationException
{
    /// <summary>The usual text.</summary>
    public TaskFinishedException() : base("This task has done all its work: there is nothing to pause or stop.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public TaskFinishedException(string message, Exception? inner = null) : base(message, inner) { }
}
