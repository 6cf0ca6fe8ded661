using BenchmarkDotNet.Attributes;
using Twisted.Testing;

namespace Twisted.Benchmarks.Micro;

/// <summary>Lines that arrive in pieces; the time is that of one line.</summary>
public class LineBenchmarks
{
    private const int Lines = 1000;

    private readonly IProtocol _lineReceiver = Connected(new CountingLines());
    private readonly IProtocol _lineOnlyReceiver = Connected(new CountingLinesOnly());
    private byte[] _data = [];

    /// <summary>Bytes a line, without its end.</summary>
    [Params(20, 52, 80, 1000)]
    public int Length { get; set; }

    /// <summary>Bytes that arrive at a time.</summary>
    [Params(16, 64, 256, 1024, 65_536)]
    public int Chunk { get; set; }

    [GlobalSetup]
    public void Write()
    {
        _data = new byte[Lines * (Length + 2)];
        _data.AsSpan().Fill((byte)'x');
        for (int end = Length; end < _data.Length; end += Length + 2)
            "\r\n"u8.CopyTo(_data.AsSpan(end));
        Warmth.Bring(() =>
        {
            LineReceiver();
            LineOnlyReceiver();
        });
    }

    [Benchmark(Description = "LineReceiver", OperationsPerInvoke = Lines)]
    public void LineReceiver() => Pieces.Deliver(_data, Chunk, _lineReceiver);

    [Benchmark(Description = "LineOnlyReceiver", OperationsPerInvoke = Lines)]
    public void LineOnlyReceiver() => Pieces.Deliver(_data, Chunk, _lineOnlyReceiver);

    private static IProtocol Connected(IProtocol protocol)
    {
        StringTransport.Connect(protocol);
        return protocol;
    }

    private sealed class CountingLines : LineReceiver
    {
        private int _count;

        protected override void LineReceived(ReadOnlySpan<byte> line) => _count++;
    }

    private sealed class CountingLinesOnly : LineOnlyReceiver
    {
        private int _count;

        protected override void LineReceived(ReadOnlySpan<byte> line) => _count++;
    }
}
