using System.Net;

namespace Twisted.Testing;

/// <summary>A listening socket of a simulated host.</summary>
internal sealed class SimulatedListener(SimulatedDriver driver, IPEndPoint host, int backlog)
    : IListenDriver, IMemoryReadiness
{
    private readonly Queue<SimulatedSocket> _waiting = [];
    private Action? _acceptable;
    private bool _closed;

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
        socket = null;
        if (_waiting.Count == 0)
            return AcceptResult.WouldBlock;
        if (!driver.HasDescriptor)
            return AcceptResult.Exhausted;
        SimulatedSocket first = _waiting.Dequeue();
        first.Accepted();
        socket = first;
        return AcceptResult.Accepted;
    }

    /// <summary>The real drivers keep a descriptor for this.</summary>
    public bool Refuse()
    {
        if (!driver.Owner.HasReserve)
            return false;
        _waiting.Dequeue().Vanish();
        return true;
    }

    public void Close()
    {
        if (_closed)
            return;
        _closed = true;
        driver.OpenSockets--;
        driver.Forget(this);
        while (_waiting.TryDequeue(out SimulatedSocket? socket))
            socket.Vanish();
    }

    internal void Offer(SimulatedSocket socket)
    {
        _waiting.Enqueue(socket);
        driver.Changed(this);
    }
}
