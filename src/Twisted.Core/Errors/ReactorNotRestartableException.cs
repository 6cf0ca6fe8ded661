namespace Twisted.Internet;

/// <summary>Run was called on a reactor that has run: make a new one, they are cheap.</summary>
/// <remarks>Twisted: <c>error.ReactorNotRestartable</c>.</remarks>
public sealed class ReactorNotRestartableException : InvalidOperationException
{
    /// <summary>The text that Twisted's users know.</summary>
    public ReactorNotRestartableException() : base("Reactor not restartable: create a new one with Reactor.Create.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public ReactorNotRestartableException(string message, Exception? inner = null) : base(message, inner) { }
}
