namespace Twisted.Protocols.Wire;

/// <summary>Sends characters for as long as the client takes them (RFC 864). Twisted: <c>wire.Chargen</c>.</summary>
/// <remarks>
/// A pull producer: it writes a piece each time the last one has gone, so it needs no memory of its own.
/// </remarks>
public sealed class Chargen : Protocol, IPullProducer
{
    private const int LineLength = 72;
    private const int FirstCharacter = ' ';
    private const int Characters = 95; // from space to tilde
    private const int LinesAPiece = 64;

    private int _line;

    /// <inheritdoc/>
    protected override void ConnectionMade() => Transport.RegisterProducer(this);

    void IPullProducer.ResumeProducing()
    {
        const int size = LineLength + 2;
        Span<byte> piece = Transport.GetSpan(size * LinesAPiece);
        for (int i = 0; i < LinesAPiece; i++, _line = (_line + 1) % Characters)
        {
            Span<byte> line = piece.Slice(i * size, size);
            for (int j = 0; j < LineLength; j++)
                line[j] = (byte)(FirstCharacter + ((_line + j) % Characters));
            "\r\n"u8.CopyTo(line[LineLength..]);
        }
        Transport.Advance(size * LinesAPiece);
    }

    void IPullProducer.StopProducing() { }
}
