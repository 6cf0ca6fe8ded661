namespace Twisted.Internet;

/// <summary>
/// A protocol that has something to finish when its server stops: the answer to a request, say. One that does not know
/// this is asked by LoseConnection, which sends what was written.
/// </summary>
public interface IDrainable
{
    /// <summary>
    /// Finish what has begun, begin nothing new, then close the connection. There is a deadline: after it the
    /// connection is aborted. Reactor thread.
    /// </summary>
    void Drain();
}
