namespace Twisted.Channels.Nats;

/// <summary>Takes a message. An exception is logged, and the next message comes all the same.</summary>
/// <param name="message">Yours only until you return; so the compiler refuses an async lambda here.</param>
public delegate void NatsReceiver(NatsMessage message);
