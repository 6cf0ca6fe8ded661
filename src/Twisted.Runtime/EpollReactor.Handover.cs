using System.Net;
using System.Runtime.InteropServices;

namespace Twisted.Internet;

// The ports of a process that another one takes over.
internal sealed partial class EpollReactor : IReactorHandover
{
    public IReadOnlyList<SafeHandle> DuplicatePorts()
    {
        var ports = new List<SafeHandle>();
        try
        {
            foreach (IOpenPort port in Ports)
            {
                if (port is not UnixDatagramPort && port.PassedOn is { } socket)
                    ports.Add(socket.Duplicate());
            }
            return ports;
        }
        catch (IOException)
        {
            foreach (SafeHandle port in ports)
                port.Dispose();
            throw;
        }
    }

    public void LeavePorts()
    {
        foreach (IOpenPort port in Ports)
            port.PassedOn?.LeaveFile();
    }

    public IDisposable Inherit(IReadOnlyList<SafeHandle> ports)
    {
        ArgumentNullException.ThrowIfNull(ports);
        return _epoll.TakenOver = new TakenOverPorts(ports);
    }
}
