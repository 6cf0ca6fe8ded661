using System.Net;

namespace Twisted.Words;

/// <summary>
/// Listens for who takes an offer: one connection, and not longer than the offer stands. Twisted:
/// <c>DccSendFactory</c>, which never stops.
/// </summary>
internal sealed class DccListener : Factory, IDisposable
{
    private readonly IReactor _reactor;
    private readonly IProtocolFactory _inner;
    private readonly IListeningPort _port;
    private bool _isTaken;
    private bool _isClosed;

    /// <exception cref="CannotListenException">None of the ports can be had.</exception>
    internal DccListener(IReactor reactor, DccOptions options, string address, IProtocolFactory inner)
    {
        _reactor = reactor;
        _inner = inner;
        _port = Listen(options, address);
        Connected = new Deferred(_ => Dispose()).AddTimeout(options.OfferTimeout, reactor);
    }

    /// <summary>Fires when somebody has connected; fails with TimeoutException when nobody has in time.</summary>
    internal Deferred Connected { get; }

    internal int Port => ((IPEndPoint)_port.Host).Port;

    public override IProtocol? BuildProtocol(EndPoint peer)
    {
        if (_isTaken || Connected.IsFired)
            return null;
        _isTaken = true;
        Dispose();
        _reactor.CallLater(TimeSpan.Zero, () => // when the protocol has its transport
        {
            if (!Connected.IsFired)
                Connected.Callback();
        });
        return _inner.BuildProtocol(peer);
    }

    /// <summary>Listens no more.</summary>
    public void Dispose()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        _port.StopListening().Forget();
    }

    private IListeningPort Listen(DccOptions options, string address)
    {
        for (int port = options.FirstPort; ; port++)
        {
            try
            {
                return _reactor.ListenTcp(port, this, address, backlog: 1);
            }
            catch (CannotListenException) when (port < options.LastPort)
            {
            }
        }
    }
}
