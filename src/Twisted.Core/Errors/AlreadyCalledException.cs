namespace Twisted;

/// <summary>A Deferred was fired a second time.</summary>
/// <remarks>Twisted: <c>defer.AlreadyCalledError</c>.</remarks>
public sealed class AlreadyCalledException : InvalidOperationException
{
    /// <summary>The usual text.</summary>
    public AlreadyCalledException() : base("This Deferred has already been fired: a Deferred fires once.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    public AlreadyCalledException(string message) : base(message) { }
}
