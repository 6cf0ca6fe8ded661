namespace Twisted.Fuzzing;

/// <summary>The receivers of strings with a length before them; a string PAUSE holds the next ones back.</summary>
internal sealed class StringTarget(string name, int limit) : ProtocolTarget(name)
{
    internal override int Limit => limit + 11; // "2147483647:" is the longest prefix

    internal override IReadOnlyList<byte[]> Tokens => Words(
        "5:PAUSE,", "0:,", "1:x,", "12\n", ":", ",", "00:", "3:abc", $"{limit}:", $"{limit + 1}:", "\u0005PAUSE",
        "\0\u0005PAUSE", "\0\0\0\u0005PAUSE", "\0", "\0\0", "\0\0\0\0", "\u00ff\u00ff\u00ff\u00ff", "\u0080\0\0\0");

    internal override void Verify(ReadOnlySpan<byte> input, Outcome outcome)
    {
        // A netstring's prefix leaves the buffer before its string has come.
        int rest = input.Length - outcome.Encoded.Length;
        if (Name == "netstring" && rest > outcome.Unread
            && rest - outcome.Unread == input[outcome.Encoded.Length..].IndexOf((byte)':') + 1)
            outcome.Unread = rest;
        base.Verify(input, outcome);
    }

    private protected override IReceiver Make(Outcome outcome) => Name switch
    {
        "netstring" => new Netstrings(outcome, limit),
        "int8" => new Int8Strings(outcome, limit),
        "int16" => new Int16Strings(outcome, limit),
        _ => new Int32Strings(outcome, limit),
    };

    private static void Receive(StringReceiver receiver, Outcome outcome, ReadOnlySpan<byte> data)
    {
        outcome.Add("string", data);
        receiver.SendString(data);
        if (data.StartsWith("PAUSE"u8))
            receiver.PauseProducing();
    }

    private static void Refuse(Outcome outcome, long length, int limit)
    {
        outcome.Add("refused", BitConverter.GetBytes(length));
        if (length <= limit)
            throw new DefectException("refusal", $"a length of {length} is refused; {limit} is allowed");
    }

    private sealed class Netstrings(Outcome outcome, int limit) : NetstringReceiver, IReceiver
    {
        public ReceiveBuffer Buffer => Received;

        protected override int MaxLength => limit;

        protected override void StringReceived(ReadOnlySpan<byte> data) => Receive(this, outcome, data);

        protected override void LengthLimitExceeded(long length) => Refuse(outcome, length, limit);
    }

    private sealed class Int8Strings(Outcome outcome, int limit) : Int8StringReceiver, IReceiver
    {
        public ReceiveBuffer Buffer => Received;

        protected override int MaxLength => limit;

        protected override void StringReceived(ReadOnlySpan<byte> data) => Receive(this, outcome, data);

        protected override void LengthLimitExceeded(long length)
        {
            Refuse(outcome, length, limit);
            base.LengthLimitExceeded(length);
        }
    }

    private sealed class Int16Strings(Outcome outcome, int limit) : Int16StringReceiver, IReceiver
    {
        public ReceiveBuffer Buffer => Received;

        protected override int MaxLength => limit;

        protected override void StringReceived(ReadOnlySpan<byte> data) => Receive(this, outcome, data);

        protected override void LengthLimitExceeded(long length)
        {
            Refuse(outcome, length, limit);
            base.LengthLimitExceeded(length);
        }
    }

    private sealed class Int32Strings(Outcome outcome, int limit) : Int32StringReceiver, IReceiver
    {
        public ReceiveBuffer Buffer => Received;

        protected override int MaxLength => limit;

        protected override void StringReceived(ReadOnlySpan<byte> data) => Receive(this, outcome, data);

        protected override void LengthLimitExceeded(long length)
        {
            Refuse(outcome, length, limit);
            base.LengthLimitExceeded(length);
        }
    }
}
