using System.Globalization;
using System.Text;

namespace Twisted.Fuzzing;

/// <summary><see cref="SequentialProtocol"/>: lines, and after a line BYTES n so many bytes.</summary>
internal sealed class SequentialTarget() : ProtocolTarget("sequential")
{
    private const int MaxLine = 64;
    private const int MaxBytes = 100;

    internal override int Limit => MaxBytes;

    /// <summary>Each wait is a Deferred, a closure and what async needs.</summary>
    internal override int AllocationPerByte => 2048;

    internal override IReadOnlyList<byte[]> Tokens =>
        Words("\r\n", "\r", "BYTES ", "BYTES 5\r\n", "BYTES 0\r\n", "BYTES 100\r\n", "\u00c3\u00a9", "\u00ff");

    /// <summary>A line comes as text: bytes that are no UTF-8 have no way back.</summary>
    internal override void Verify(ReadOnlySpan<byte> input, Outcome outcome)
    {
        if (outcome.Encoded.AsSpan().IndexOf("\ufffd"u8) < 0)
            base.Verify(input, outcome);
    }

    private protected override IReceiver Make(Outcome outcome) => new Conversation(outcome);

    private sealed class Conversation(Outcome outcome) : SequentialProtocol, IReceiver
    {
        public ReceiveBuffer Buffer => Received;

        protected override async Deferred Run()
        {
            while (await Line() is { } line)
            {
                byte[] bytes = Encoding.UTF8.GetBytes(line);
                outcome.Add("line", bytes);
                Transport.Write(bytes);
                Transport.Write(Delimiter);
                if (!line.StartsWith("BYTES ", StringComparison.Ordinal)
                    || !int.TryParse(line.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                    || count > MaxBytes)
                    continue;
                byte[] exact = await ReadExactly(count);
                outcome.Add("bytes", exact);
                Transport.Write(exact);
            }
        }


        private async Deferred<string?> Line()
        {
            try
            {
                return await ReadLine(MaxLine);
            }
            catch (InvalidDataException)
            {
                outcome.Add("refused", []);
                return null;
            }
        }
    }
}
