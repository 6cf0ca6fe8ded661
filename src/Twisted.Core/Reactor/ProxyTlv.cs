namespace Twisted.Internet;

/// <summary>One piece of further information in a PROXY header of version 2: type, length, value.</summary>
/// <param name="Type">What it is, such as 0x01 for ALPN.</param>
/// <param name="Value">Its bytes.</param>
public readonly record struct ProxyTlv(byte Type, ReadOnlyMemory<byte> Value);
