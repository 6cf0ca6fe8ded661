using System.Net;
using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>
/// The address of a UNIX socket, as .NET's sockets are to take it: given the plain one, they would delete whatever file
/// has that name when they are closed.
/// </summary>
internal sealed class UnixBinding(UnixDomainSocketEndPoint address) : EndPoint
{
    public override AddressFamily AddressFamily => AddressFamily.Unix;

    public override SocketAddress Serialize() => address.Serialize();

    public override EndPoint Create(SocketAddress socketAddress) => address.Create(socketAddress);
}
