namespace Twisted.Protocols;

/// <summary>One state of a conversation in strings: takes a string, returns the state for the next one.</summary>
/// <param name="data">The string; yours only until you return.</param>
/// <returns>The next state, maybe the same; null ends the conversation.</returns>
public delegate StringState? StringState(ReadOnlySpan<byte> data);
