namespace Twisted.Tests;

/// <summary>A failure that no errback of a test asks for.</summary>
internal sealed class OtherException : Exception;
