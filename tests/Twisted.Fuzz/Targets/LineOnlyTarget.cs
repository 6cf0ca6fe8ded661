namespace Twisted.Fuzzing;

/// <summary><see cref="LineOnlyReceiver"/>.</summary>
internal sealed class LineOnlyTarget(int limit) : ProtocolTarget("lineonly")
{
    internal override int Limit => limit + 2;

    internal override IReadOnlyList<byte[]> Tokens =>
        Words("\r\n", "\r", "\n", "\r\r\n", new string('x', limit), new string('x', limit - 1));

    /// <summary>
    /// A line of just MaxLength bytes is refused when its CR comes without its LF, as in Twisted, to whose answers ours
    /// are held: from such a line on the cut may show.
    /// </summary>
    internal override IEnumerable<FuzzEvent> Invariant(Outcome outcome) =>
        outcome.Events.TakeWhile(one => one.Kind == "line" && one.Payload.Length < limit);

    internal override void Verify(ReadOnlySpan<byte> input, Outcome outcome)
    {
        base.Verify(input, outcome);
        bool hasLong = false;
        foreach (Range line in input.Split("\r\n"u8))
            hasLong |= input[line].Length >= limit;
        if (outcome.IsRefused && !hasLong)
            throw new DefectException("refusal", $"no line has {limit} bytes");
    }

    private protected override IReceiver Make(Outcome outcome) => new Lines(outcome, limit);

    private sealed class Lines(Outcome outcome, int limit) : LineOnlyReceiver, IReceiver
    {
        public ReceiveBuffer Buffer => Partial;

        protected override int MaxLength => limit;

        protected override void LineReceived(ReadOnlySpan<byte> line)
        {
            outcome.Add("line", line);
            Transport.Write(line);
            Transport.Write(Delimiter);
        }

        protected override void LineLengthExceeded(ReadOnlySpan<byte> line)
        {
            outcome.Add("refused", line);
            base.LineLengthExceeded(line);
        }
    }
}
