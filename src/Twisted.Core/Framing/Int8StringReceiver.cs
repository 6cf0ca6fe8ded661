namespace Twisted.Protocols;

/// <summary>Strings with their length before them in one byte, big-endian: up to 255 bytes each.</summary>
/// <remarks>Twisted: <c>twisted.protocols.basic.Int8StringReceiver</c>.</remarks>
public abstract class Int8StringReceiver : IntNStringReceiver
{
    /// <summary>With a prefix of 8 bits.</summary>
    protected Int8StringReceiver() : base(prefixLength: 1) { }
}
