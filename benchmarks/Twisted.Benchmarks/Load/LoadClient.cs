namespace Twisted.Benchmarks.Load;

/// <summary>A connection of the load: what it sends is a stream by a seed, what comes back must be the same.</summary>
internal abstract class LoadClient : Protocol
{
    [ThreadStatic] private static byte[]? _bytes;

    private readonly SeededStream _stream;

    protected LoadClient(LoadRun run, ulong seed)
    {
        Run = run;
        _stream = new SeededStream(seed);
        Verifier = new StreamVerifier(_stream, run.Streams);
    }

    protected LoadRun Run { get; }

    /// <summary>How much was written, the seed in front included.</summary>
    protected long Sent { get; private set; }

    protected StreamVerifier Verifier { get; }

    protected bool IsAllBack => Verifier.Reached == Sent;

    /// <summary>Writes as many more bytes of the stream.</summary>
    protected void Send(int count)
    {
        byte[] bytes = _bytes ??= new byte[16 * 1024];
        Run.BytesSent += count;
        while (count > 0)
        {
            Span<byte> piece = bytes.AsSpan(0, Math.Min(count, bytes.Length));
            _stream.Fill(piece, Sent);
            Transport.Write(piece);
            Sent += piece.Length;
            count -= piece.Length;
        }
    }
}
