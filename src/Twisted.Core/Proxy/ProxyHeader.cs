using System.Net;
using System.Text;
using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>A header that was read.</summary>
internal sealed class ProxyHeader(
    int version, EndPoint? source, EndPoint? destination, IReadOnlyList<ProxyTlv> tlvs, ProxySslInfo? ssl)
    : IProxyHeader
{
    internal const byte AlpnType = 0x01;
    internal const byte AuthorityType = 0x02;
    internal const byte ChecksumType = 0x03;
    internal const byte UniqueIdType = 0x05;
    internal const byte SslType = 0x20;

    public int Version => version;

    public bool IsLocal => source is null && destination is null;

    public EndPoint? Source => source;

    public EndPoint? Destination => destination;

    public IReadOnlyList<ProxyTlv> Tlvs => tlvs;

    public string? NegotiatedProtocol => Text(AlpnType);

    public string? Authority => Text(AuthorityType);

    public ReadOnlyMemory<byte> UniqueId => Find(UniqueIdType) ?? default;

    public ProxySslInfo? Ssl => ssl;

    private string? Text(byte type) => Find(type) is { } value ? Encoding.UTF8.GetString(value.Span) : null;

    private ReadOnlyMemory<byte>? Find(byte type)
    {
        foreach (ProxyTlv tlv in tlvs)
        {
            if (tlv.Type == type)
                return tlv.Value;
        }
        return null;
    }
}
