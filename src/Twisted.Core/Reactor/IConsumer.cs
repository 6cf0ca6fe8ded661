namespace Twisted.Internet;

/// <summary>Takes data and tells its producer to slow down. Twisted: <c>IConsumer</c>.</summary>
public interface IConsumer
{
    /// <summary>Takes bytes. Never blocks; the bytes are copied before it returns.</summary>
    /// <param name="data">The bytes.</param>
    void Write(ReadOnlySpan<byte> data);

    /// <summary>Has a producer paused and resumed as the consumer fills and empties.</summary>
    /// <param name="producer">It is told to stop at once when the consumer is gone.</param>
    /// <exception cref="InvalidOperationException">Another producer is registered.</exception>
    void RegisterProducer(IPushProducer producer);

    /// <summary>Has a producer asked for a piece each time the consumer is empty, beginning now.</summary>
    /// <param name="producer">It is told to stop at once when the consumer is gone.</param>
    /// <exception cref="InvalidOperationException">Another producer is registered.</exception>
    void RegisterProducer(IPullProducer producer);

    /// <summary>The producer has no more to say.</summary>
    void UnregisterProducer();
}
