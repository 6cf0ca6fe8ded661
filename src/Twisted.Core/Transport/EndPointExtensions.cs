using System.Net;
using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>Addresses read as in Twisted: <c>Transport.Peer.Host</c>, <c>port.Host.Port</c>.</summary>
public static class EndPointExtensions
{
    extension(EndPoint endPoint)
    {
        /// <summary>The address or name without the port; the path of a UNIX socket.</summary>
        public string Host => endPoint switch
        {
            IPEndPoint ip => ip.Address.ToString(),
            DnsEndPoint dns => dns.Host,
            _ => endPoint?.ToString() ?? "",
        };

        /// <summary>The port; 0 where there is none.</summary>
        public int Port => endPoint switch
        {
            IPEndPoint ip => ip.Port,
            DnsEndPoint dns => dns.Port,
            _ => 0,
        };
    }
}
