namespace Twisted.Channels;

/// <summary>Takes a message. An exception is logged, and told to the sender as "failed", without its text.</summary>
/// <param name="from">The node that has sent it.</param>
/// <param name="payload">Yours only until you return.</param>
public delegate void MessageReceiver(int from, ReadOnlySpan<byte> payload);
