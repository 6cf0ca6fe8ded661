namespace Twisted.Testing;

/// <summary>A Deferred is not as a test expects it.</summary>
/// <param name="message">How it is.</param>
/// <param name="failure">With what it failed, if it did.</param>
public sealed class DeferredResultException(string message, Exception? failure = null) : Exception(message, failure);
