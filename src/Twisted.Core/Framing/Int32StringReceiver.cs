namespace Twisted.Protocols;

/// <summary>Strings with their length before them in four bytes, big-endian: up to 4,294,967,295 bytes each.</summary>
/// <remarks>Twisted: <c>twisted.protocols.basic.Int32StringReceiver</c>.</remarks>
public abstract class Int32StringReceiver : IntNStringReceiver
{
    /// <summary>With a prefix of 32 bits.</summary>
    protected Int32StringReceiver() : base(prefixLength: 4) { }
}
