using System.Net;

namespace Twisted.Testing;

/// <summary>A listening socket of a memory network.</summary>
internal sealed class MemoryListener(MemoryDriver driver, IPEndPoint host, int backlog)
    : IListenDriver, IMemoryReadiness
{
    private readonly Queue<MemorySocket> _waiting = [];
    private Action? _acceptable;

    public EndPoint Host => host;

    public bool IsQueued { get; set; }

    public bool IsReady => _acceptable is not null && _waiting.Count > 0;

    internal bool HasRoom => _waiting.Count < backlog;

    public void SetListener(Action? acceptable)
    {
        _acceptable = acceptable;
        driver.Changed(this);
    }

    public void Raise() => _acceptable?.Invoke();

    public AcceptResult Accept(out ISocketDriver? socket)
    {
        bool found = _waiting.TryDequeue(out MemorySocket? first);
        socket = first;
        return found ? AcceptResult.Accepted : AcceptResult.WouldBlock;
    }

    public bool Refuse() => false;

    public void Close()
    {
        driver.Forget(this);
        while (_waiting.TryDequeue(out MemorySocket? socket))
            socket.Close(abort: true);
    }

    internal void Offer(MemorySocket socket)
    {
        _waiting.Enqueue(socket);
        driver.Changed(this);
    }
}
