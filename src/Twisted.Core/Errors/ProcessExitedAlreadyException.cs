namespace Twisted.Internet;

/// <summary>A signal for a process that has gone.</summary>
/// <remarks>Twisted: <c>error.ProcessExitedAlready</c>.</remarks>
public sealed class ProcessExitedAlreadyException : InvalidOperationException
{
    /// <summary>The text that Twisted's users know.</summary>
    public ProcessExitedAlreadyException() : base("The process has already exited.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public ProcessExitedAlreadyException(string message, Exception? inner = null) : base(message, inner) { }
}
