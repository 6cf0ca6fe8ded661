using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>
/// Sockets kept in reserve and given up when no descriptor is left, while clients are accepted only to be closed. What
/// is given up is for the runtime: on Linux each new thread of .NET takes two descriptors, and one that gets none ends
/// the whole process. Windows has no such limit and never comes to need it.
/// </summary>
internal sealed class DescriptorReserve : IDisposable
{
    /// <summary>Enough for a few threads and a client at the same time.</summary>
    private const int Size = 8;

    /// <summary>Asking for descriptors that are not there takes the last for a moment: not for each client.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Stack<Socket> _sockets = new(Size);
    private readonly TimeProvider _clock;
    private long _givenUpAt;
    private int _closedThen;

    internal DescriptorReserve(TimeProvider clock)
    {
        _clock = clock;
        TryOpen(Size);
    }

    /// <summary>Whether a client that was accepted may be served: descriptors are left beside the reserve.</summary>
    /// <param name="closed">How many sockets of the reactor have been closed so far.</param>
    internal bool HasRoom(int closed)
    {
        if (_sockets.Count < Size && closed - _closedThen < Size && _clock.GetElapsedTime(_givenUpAt) < Patience)
            return false;
        if (TryOpen(Size + 1))
        {
            _sockets.Pop().Dispose();
            return true;
        }
        GiveUp();
        _givenUpAt = _clock.GetTimestamp();
        _closedThen = closed;
        return false;
    }

    internal void GiveUp()
    {
        while (_sockets.TryPop(out Socket? socket))
            socket.Dispose();
    }

    private bool TryOpen(int count)
    {
        try
        {
            while (_sockets.Count < count)
                _sockets.Push(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose() => GiveUp();
}
