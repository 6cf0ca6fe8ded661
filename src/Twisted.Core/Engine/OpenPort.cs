using System.Net;

namespace Twisted.Internet;

/// <summary>What ports of streams and of datagrams do alike.</summary>
internal static class OpenPort
{
    /// <summary>Nobody would ever close a port that is opened behind the shutdown, by StopFactory say.</summary>
    /// <exception cref="CannotListenException">The reactor has shut down.</exception>
    internal static void EnsureUp(ReactorBase reactor)
    {
        if (reactor.HasShutDown)
            throw new CannotListenException("Couldn't listen: the reactor has shut down.");
    }

    /// <summary>Begins to listen to what is open.</summary>
    /// <param name="setListener">The socket's.</param>
    /// <param name="ready">Who is told.</param>
    /// <param name="host">Where it is open.</param>
    /// <exception cref="CannotListenException">The system cannot watch one more.</exception>
    internal static void Watch(Action<Action?> setListener, Action ready, EndPoint host)
    {
        try
        {
            setListener(ready);
        }
        catch (IOException failure)
        {
            throw new CannotListenException($"Couldn't listen on {host}: {failure.Message}", failure);
        }
    }
}
