using Microsoft.Extensions.Logging;

namespace Twisted.Internet;

/// <summary>
/// What a layer of a stream, such as TLS, needs of the reactor: a transport gives it by <c>Get</c>, and a wrapper
/// passes the question down.
/// </summary>
internal interface ILayerHost : IReactorTime, IReactorThreads
{
    /// <summary>Opens a transport over a socket that is a layer, and gives it to a protocol.</summary>
    void Open(ISocketDriver layer, IProtocol protocol);

    /// <summary>The reactor's log.</summary>
    ILogger Log { get; }

    /// <summary>A callback of the user's threw.</summary>
    void Report(Exception failure, string source);
}
