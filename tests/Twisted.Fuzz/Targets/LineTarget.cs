using System.Globalization;

namespace Twisted.Fuzzing;

/// <summary>
/// <see cref="LineReceiver"/>, whose lines are also orders: raw mode for some bytes, another delimiter, another limit,
/// a pause.
/// </summary>
internal sealed class LineTarget(string name, int limit, string delimiter) : ProtocolTarget(name)
{
    internal const int LongestDelimiter = 8;

    internal override int Limit => limit + LongestDelimiter;

    internal override IReadOnlyList<byte[]> Tokens => Words(
        "\r\n", "\r", "\n", "RAW ", "RAW 5\r\n", "RAW 0\r\n", "MAX ", "MAX 3\r\n", "PAUSE\r\n", "DELIM ",
        "DELIM aa\r\n", "DELIM \r\n\r", "aa", "\0", delimiter, delimiter[..^1], new string('x', 40));

    private protected override IReceiver Make(Outcome outcome) => new Lines(outcome, limit, Latin1(delimiter));

    private static byte[] Latin1(string text) => System.Text.Encoding.Latin1.GetBytes(text);

    private sealed class Lines(Outcome outcome, int limit, byte[] delimiter) : LineReceiver, IReceiver
    {
        private byte[] _delimiter = delimiter;
        private int? _lower;
        private int _raw;
        private bool _hasSeenRefusal;

        public ReceiveBuffer Buffer => Received;

        protected override ReadOnlySpan<byte> Delimiter => _delimiter;

        protected override int MaxLength => _lower ?? limit;

        protected override void LineReceived(ReadOnlySpan<byte> line)
        {
            outcome.Add("line", line);
            SendAgain(line);
            if (line.StartsWith("RAW "u8) && Number(line[4..]) is { } count)
            {
                _raw = count;
                SetRawMode();
            }
            else if (line.StartsWith("MAX "u8) && Number(line[4..]) is { } most)
                _lower = Math.Min(most, limit);
            else if (line.StartsWith("DELIM "u8) && line.Length is > 6 and <= 6 + LongestDelimiter)
                _delimiter = line[6..].ToArray();
            else if (line.StartsWith("PAUSE"u8))
                PauseProducing();
        }

        protected override void RawDataReceived(ReadOnlySpan<byte> data)
        {
            int take = Math.Min(_raw, data.Length);
            _raw -= take;
            outcome.AddRaw("raw", data[..take]);
            Transport.Write(data[..take]);
            if (_raw == 0)
                SetLineMode(data[take..]);
        }

        protected override void LineLengthExceeded(ReadOnlySpan<byte> line)
        {
            outcome.Add("refused", line);
            if (line.Length <= MaxLength)
                throw new DefectException("refusal", $"{line.Length} bytes are refused; {MaxLength} are allowed");
            base.LineLengthExceeded(line);
        }

        /// <summary>As its user would; what SendLine rightly refuses goes out byte by byte.</summary>
        private void SendAgain(ReadOnlySpan<byte> line)
        {
            if (line.IndexOfAny("\r\n\0"u8) < 0)
            {
                SendLine(line);
                return;
            }
            if (!_hasSeenRefusal) // once: an exception takes longer than many lines
                ExpectRefusal(line);
            Transport.Write(line);
            Transport.Write(Delimiter);
        }

        private void ExpectRefusal(ReadOnlySpan<byte> line)
        {
            _hasSeenRefusal = true;
            try
            {
                SendLine(line);
            }
            catch (ArgumentException)
            {
                return;
            }
            throw new DefectException("injection", "a line with CR, LF or NUL was sent");
        }

        private static int? Number(ReadOnlySpan<byte> text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }
}
