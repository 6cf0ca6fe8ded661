namespace Twisted.Benchmarks.Micro;

/// <summary>Bytes as a network delivers them.</summary>
internal static class Pieces
{
    internal static void Deliver(byte[] data, int size, IProtocol protocol)
    {
        for (int at = 0; at < data.Length; at += size)
            protocol.DataReceived(data.AsSpan(at, Math.Min(size, data.Length - at)));
    }
}
