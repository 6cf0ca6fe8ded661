namespace Twisted.Internet;

/// <summary>Run was called on a reactor that runs.</summary>
/// <remarks>Twisted: <c>error.ReactorAlreadyRunning</c>.</remarks>
public sealed class ReactorAlreadyRunningException : InvalidOperationException
{
    /// <summary>The text that Twisted's users know.</summary>
    public ReactorAlreadyRunningException() : base("Reactor already running.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public ReactorAlreadyRunningException(string message, Exception? inner = null) : base(message, inner) { }
}
