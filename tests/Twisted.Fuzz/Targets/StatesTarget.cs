namespace Twisted.Fuzzing;

/// <summary><see cref="StringStates"/>: a greeting, then numbers until an empty string ends it.</summary>
internal sealed class StatesTarget() : ProtocolTarget("states")
{
    internal override int Limit => 257;

    internal override IReadOnlyList<byte[]> Tokens => Words("\u0005HELLO", "\u0001a", "\0", "\u0003end");

    /// <summary>As in Twisted strings are handed out to the chunk's end: those after the last are ignored.</summary>
    internal override void Verify(ReadOnlySpan<byte> input, Outcome outcome)
    {
        base.Verify(input, outcome);
        bool isOver = outcome.Events.Any(one => one.Kind == "over");
        if (isOver && (outcome.Events[^1].Kind != "over" || !outcome.IsRefused))
            throw new DefectException("states", $"the conversation went on after its end: {outcome.Events[^1]}");
    }

    private protected override IReceiver Make(Outcome outcome) => new Conversation(outcome);

    private sealed class Conversation : Int8StringReceiver, IReceiver
    {
        private readonly Outcome _outcome;
        private readonly StringStates _states;

        internal Conversation(Outcome outcome)
        {
            _outcome = outcome;
            _states = new StringStates(Greeting);
        }

        public ReceiveBuffer Buffer => Received;

        protected override void StringReceived(ReadOnlySpan<byte> data)
        {
            if (_states.Current is not null)
                SendString(data);
            _states.Next(data, Transport);
        }

        private StringState? Greeting(ReadOnlySpan<byte> data)
        {
            _outcome.Add("greeting", data);
            return data.StartsWith("HELLO"u8) ? Number : Greeting;
        }

        private StringState? Number(ReadOnlySpan<byte> data)
        {
            _outcome.Add(data.IsEmpty ? "over" : "number", data);
            return data.IsEmpty ? null : Number;
        }
    }
}
