using System.Net;

namespace Twisted.Internet;

/// <summary>What ports of streams and of datagrams do alike.</summary>
internal static class OpenPort
{
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
