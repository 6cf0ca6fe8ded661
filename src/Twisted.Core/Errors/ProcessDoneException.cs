namespace Twisted.Internet;

/// <summary>The process ended with exit code 0.</summary>
/// <remarks>Twisted: <c>error.ProcessDone</c>.</remarks>
public sealed class ProcessDoneException : Exception
{
    /// <summary>The text that Twisted's users know.</summary>
    public ProcessDoneException()
        : base("A process has ended without apparent errors: process finished with exit code 0.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public ProcessDoneException(string message, Exception? inner = null) : base(message, inner) { }
}
