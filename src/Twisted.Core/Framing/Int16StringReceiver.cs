namespace Twisted.Protocols;

/// <summary>Strings with their length before them in two bytes, big-endian: up to 65,535 bytes each.</summary>
/// <remarks>Twisted: <c>twisted.protocols.basic.Int16StringReceiver</c>.</remarks>
public abstract class Int16StringReceiver : IntNStringReceiver
{
    /// <summary>With a prefix of 16 bits.</summary>
    protected Int16StringReceiver() : base(prefixLength: 2) { }
}
