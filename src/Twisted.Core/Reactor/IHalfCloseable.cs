namespace Twisted.Internet;

/// <summary>A transport whose sending side can be closed alone. Twisted: <c>IHalfCloseableDescriptor</c>.</summary>
public interface IHalfCloseable
{
    /// <summary>Sends what is buffered, then tells the peer that no more will come. Later writes are dropped.</summary>
    void LoseWriteConnection();
}
