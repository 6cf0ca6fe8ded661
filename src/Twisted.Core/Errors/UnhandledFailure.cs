namespace Twisted.Internet;

/// <summary>A failure that nobody handled, and where it came up.</summary>
/// <param name="Exception">The failure with its stack.</param>
/// <param name="Source">What was running: "timer", "DataReceived", "Deferred" and so on.</param>
public sealed record UnhandledFailure(Exception Exception, string Source);
