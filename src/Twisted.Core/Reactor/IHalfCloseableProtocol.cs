namespace Twisted.Internet;

/// <summary>
/// A protocol that goes on when one direction ends; others are closed. Twisted: <c>IHalfCloseableProtocol</c>.
/// </summary>
public interface IHalfCloseableProtocol
{
    /// <summary>The peer will send no more. We may still write.</summary>
    void ReadConnectionLost();

    /// <summary>Our side of the connection is closed: what was buffered has gone out.</summary>
    void WriteConnectionLost();
}
