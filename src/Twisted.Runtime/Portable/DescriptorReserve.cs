using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>
/// One socket kept in reserve, to accept and close a client with when there is no other. Systems without a limit of
/// descriptors (Windows) never come to need it.
/// </summary>
internal sealed class DescriptorReserve : IDisposable
{
    private Socket? _reserve;

    internal DescriptorReserve() => Keep();

    /// <summary>Takes the reserve again if there is none and a descriptor is left.</summary>
    internal void Keep()
    {
        if (_reserve is not null)
            return;
        try
        {
            _reserve = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        }
        catch (SocketException)
        {
            // still none
        }
    }

    /// <returns>False when there is none.</returns>
    internal bool GiveUp()
    {
        if (_reserve is null)
            return false;
        _reserve.Dispose();
        _reserve = null;
        return true;
    }

    public void Dispose() => GiveUp();
}
