using System.Buffers.Binary;

namespace Twisted.Benchmarks.Load;

/// <summary>Checks the stream against its seed, and writes it back in pieces of any size.</summary>
internal sealed class LoadEcho(LoadServerRun run, IReactorTime reactor, Random random)
    : Protocol, IHalfCloseableProtocol
{
    /// <summary>A stream that begins with this makes the server throw.</summary>
    internal const ulong Poison = ulong.MaxValue;

    /// <summary>Nobody waits for it: it is there to be left behind by an engine that forgets.</summary>
    private static readonly TimeSpan IdleLimit = TimeSpan.FromHours(24);

    private readonly byte[] _header = new byte[SeededStream.HeaderLength];
    private int _headerLength;
    private StreamVerifier? _verifier;
    private IDelayedCall? _idle;

    protected override void ConnectionMade()
    {
        Transport.RegisterProducer((IPushProducer)Transport); // it reads no faster than the peer takes the answers
        _idle = reactor.CallLater(IdleLimit, Transport.LoseConnection);
    }

    protected override void DataReceived(ReadOnlySpan<byte> data)
    {
        _idle!.Reset(IdleLimit);
        Echo(data);
        if (_verifier is null && !TakeHeader(ref data))
            return;
        _verifier!.Verify(data);
    }

    public void ReadConnectionLost() => Transport.LoseConnection();

    public void WriteConnectionLost() { }

    protected override void ConnectionLost(Exception reason)
    {
        run.Open--;
        _idle?.Cancel();
    }

    private bool TakeHeader(ref ReadOnlySpan<byte> data)
    {
        int count = Math.Min(data.Length, _header.Length - _headerLength);
        data[..count].CopyTo(_header.AsSpan(_headerLength));
        _headerLength += count;
        data = data[count..];
        if (_headerLength < _header.Length)
            return false;
        ulong seed = BinaryPrimitives.ReadUInt64LittleEndian(_header);
        if (seed == Poison)
            throw new PlannedException();
        _verifier = new StreamVerifier(new SeededStream(seed), run.Streams, SeededStream.HeaderLength);
        return true;
    }

    private void Echo(ReadOnlySpan<byte> data)
    {
        if (data.Length > 1 && random.Next(4) == 0)
        {
            int cut = random.Next(1, data.Length);
            Transport.Write(data[..cut]);
            data = data[cut..];
        }
        Transport.Write(data);
    }
}
