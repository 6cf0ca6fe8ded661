namespace Twisted.Words;

/// <summary>A server did not do what was asked of it, or a connection was ended for a reason of the protocol.</summary>
public sealed class IrcException : Exception
{
    /// <summary>A reason.</summary>
    /// <param name="message">What happened, with its values, and what to do.</param>
    /// <param name="code">The numeric reply that said so, if one did.</param>
    public IrcException(string message, string? code = null) : base(message) => Code = code;

    /// <summary>The numeric reply that said so, such as "433"; null when there was none.</summary>
    public string? Code { get; }
}
