using System.Buffers.Binary;
using System.Text;
using BenchmarkDotNet.Attributes;
using Twisted.Testing;

namespace Twisted.Benchmarks.Micro;

/// <summary>Messages with their length in front that arrive in pieces; the time is that of one message.</summary>
public class FrameBenchmarks
{
    private const int Messages = 1000;

    private readonly CountingNetstrings _netstrings = new();
    private readonly CountingInt32 _int32 = new();
    private byte[] _netstringData = [];
    private byte[] _int32Data = [];

    /// <summary>Bytes a message.</summary>
    [Params(20, 1000)]
    public int Length { get; set; }

    /// <summary>Bytes that arrive at a time.</summary>
    [Params(64, 1024, 65_536)]
    public int Chunk { get; set; }

    [GlobalSetup]
    public void Write()
    {
        byte[] payload = Encoding.ASCII.GetBytes(new string('x', Length));
        byte[] prefix = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(prefix, Length);
        _netstringData = Repeat([.. Encoding.ASCII.GetBytes($"{Length}:"), .. payload, (byte)',']);
        _int32Data = Repeat([.. prefix, .. payload]);
        StringTransport.Connect(_netstrings);
        StringTransport.Connect(_int32);
        Warmth.Bring(() =>
        {
            Netstring();
            Prefixed();
        });
    }

    [Benchmark(Description = "NetstringReceiver", OperationsPerInvoke = Messages)]
    public void Netstring() => Pieces.Deliver(_netstringData, Chunk, _netstrings);

    [Benchmark(Description = "Int32StringReceiver", OperationsPerInvoke = Messages)]
    public void Prefixed() => Pieces.Deliver(_int32Data, Chunk, _int32);

    private static byte[] Repeat(byte[] frame) => [.. Enumerable.Repeat(frame, Messages).SelectMany(one => one)];

    private sealed class CountingNetstrings : NetstringReceiver
    {
        private int _count;

        protected override void StringReceived(ReadOnlySpan<byte> data) => _count++;
    }

    private sealed class CountingInt32 : Int32StringReceiver
    {
        private int _count;

        protected override void StringReceived(ReadOnlySpan<byte> data) => _count++;
    }
}
