namespace Twisted.Tests;

/// <summary>The failure of these tests.</summary>
internal sealed class BoomException(string message = "boom") : Exception(message);
