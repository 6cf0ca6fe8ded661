using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Twisted.Internet;

// Open files that ride on bytes, over a socket that carries them.
internal sealed partial class StreamTransport : ISendsFileDescriptors
{
    private DescriptorQueue? _passing; // null until the first is sent

    void ISendsFileDescriptors.SendFileDescriptor(SafeHandle descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        if (HasAny(StreamFlags.DropsWrites))
            return;
        _passing ??= new DescriptorQueue((IDescriptorSocket)_socket);
        _passing.Add(descriptor, _out.Length);
    }

    /// <summary>Receives bytes and, for a protocol that takes them, the descriptors that ride on them.</summary>
    private int ReceivePassing(Span<byte> buffer)
    {
        if (_protocol.Ability<IFileDescriptorReceiver>() is not { } receiver)
            return _socket.Receive(buffer); // the system closes what is not asked for
        List<SafeFileHandle> descriptors = [];
        int count = ((IDescriptorSocket)_socket).Receive(buffer, descriptors);
        int given = 0;
        try
        {
            while (given < descriptors.Count && !HasAny(StreamFlags.Unheard))
                receiver.FileDescriptorReceived(descriptors[given++]);
        }
        catch (Exception failure)
        {
            _reactor.Report(failure, "FileDescriptorReceived");
            End(failure);
        }
        while (given < descriptors.Count)
            descriptors[given++].Dispose();
        // Who has just let go of the connection hears no bytes either.
        return count > 0 && HasAny(StreamFlags.Unheard) ? ISocketDriver.WouldBlock : count;
    }
}
