using Twisted.Testing;

namespace Twisted.Fuzzing;

/// <summary>A protocol that cuts a stream into messages, on a transport without a network.</summary>
internal abstract class ProtocolTarget(string name) : FuzzTarget(name)
{
    // One pause for each message is the most that an input can cause; this only ends one that never stops.
    private const int MostResumes = 1_000_000;

    internal sealed override void Run(ReadOnlySpan<byte> input, IReadOnlyList<int> sizes, Outcome outcome)
    {
        IReceiver receiver = Make(outcome);
        StringTransport transport = StringTransport.Connect(receiver);
        int received = 0;
        foreach (int size in sizes)
        {
            Resume(receiver, transport);
            if (transport.IsDisconnecting)
                break;
            transport.Receive(input.Slice(received, size));
            received += size;
            int limit = transport.IsPaused ? Math.Max(Limit, receiver.Buffer.Length) : Limit; // a pause keeps the chunk
            outcome.Hold(receiver.Buffer.Capacity, limit, received);
        }
        Resume(receiver, transport);
        outcome.IsRefused |= transport.IsDisconnecting;
        outcome.Unread = receiver.Buffer.Length;
        outcome.Work = receiver.Buffer.Work;
        outcome.Encoded = transport.Value();
        transport.Disconnect();
    }

    internal override void Verify(ReadOnlySpan<byte> input, Outcome outcome)
    {
        if (!input.StartsWith(outcome.Encoded))
            throw new DefectException("roundtrip",
                "the messages, sent again, are not what came: " + Convert.ToHexStringLower(outcome.Encoded));
        if (!outcome.IsRefused && outcome.Encoded.Length + outcome.Unread != input.Length)
            throw new DefectException("lost", $"of {input.Length} bytes {outcome.Encoded.Length} are in messages and "
                + $"{outcome.Unread} wait");
    }

    /// <summary>The messages; of a refusal only that there was one, for how much it shows depends on the cut.</summary>
    internal override IEnumerable<FuzzEvent> Invariant(Outcome outcome)
    {
        foreach (FuzzEvent one in outcome.Events)
        {
            if (one.Kind != "refused")
                yield return one;
        }
        if (outcome.IsRefused)
            yield return new FuzzEvent("refused", []);
    }

    private protected abstract IReceiver Make(Outcome outcome);

    private static void Resume(IReceiver receiver, StringTransport transport)
    {
        for (int i = 0; transport.IsPaused && !transport.IsDisconnecting; i++)
        {
            if (i == MostResumes)
                throw new DefectException("pause", "it pauses for ever");
            receiver.Resume();
        }
    }
}

/// <summary>A receiver that shows what it keeps.</summary>
internal interface IReceiver : IProtocol
{
    ReceiveBuffer Buffer { get; }

    void Resume() => (this as IPushProducer)?.ResumeProducing();
}
