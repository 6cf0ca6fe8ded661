namespace Twisted.Testing;

/// <summary>What a protocol has asked of its transport as a producer of bytes.</summary>
public enum ProducerState
{
    /// <summary>Bytes that come are delivered.</summary>
    Producing,

    /// <summary>Bytes that come are kept until resumed.</summary>
    Paused,

    /// <summary>No more bytes are wanted.</summary>
    Stopped,
}
