namespace Twisted.Internet;

/// <summary>Stop was called on a reactor that does not run.</summary>
/// <remarks>Twisted: <c>error.ReactorNotRunning</c>.</remarks>
public sealed class ReactorNotRunningException : InvalidOperationException
{
    /// <summary>The text that Twisted's users know.</summary>
    public ReactorNotRunningException() : base("Reactor is not running.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public ReactorNotRunningException(string message, Exception? inner = null) : base(message, inner) { }
}
