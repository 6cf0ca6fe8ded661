using Twisted.Protocols.Finger;
using Twisted.Testing;

namespace Twisted.Fuzzing;

/// <summary>The query of a finger client, to the last byte of the answer.</summary>
internal sealed class FingerTarget() : FuzzTarget("finger")
{
    private readonly VirtualClock _clock = new();
    private readonly MemoryUserDirectory _users = new(new Dictionary<string, string>
    {
        ["root"] = "Busy.",
        ["wang"] = "One line\r\nand another\u001b[31m in red\u0007",
        [" "] = "",
        ["\u001b]0;title\u0007"] = "A name can be anything.",
    });

    internal override int Limit => 1024;

    internal override IReadOnlyList<byte[]> Tokens =>
        Words("\r\n", "/W", "/W ", "@", "root", "wang", "root@host", "\u001b", "\0", "\u00c2\u0085",
            new string('x', 512));

    internal override void Run(ReadOnlySpan<byte> input, IReadOnlyList<int> sizes, Outcome outcome)
    {
        StringTransport transport = StringTransport.Connect(
            new FingerProtocol(_users, _clock, TimeSpan.FromSeconds(60)));
        int received = 0;
        foreach (int size in sizes)
        {
            if (!transport.IsDisconnecting)
                transport.Receive(input.Slice(received, size));
            received += size;
        }
        byte[] answer = transport.Value();
        outcome.Add("answer", answer);
        outcome.Add(transport.IsDisconnecting ? "closed" : "open", []);
        outcome.IsRefused = transport.IsDisconnecting && answer.Length == 0;
        transport.Disconnect();
        if (_clock.DelayedCalls.Count > 0)
            throw new DefectException("timer", "the deadline outlives the connection");
    }

    internal override void Verify(ReadOnlySpan<byte> input, Outcome outcome)
    {
        byte[] answer = outcome.Events[0].Payload;
        string text = System.Text.Encoding.UTF8.GetString(answer).Replace("\r\n", "", StringComparison.Ordinal);
        if (text.Any(c => char.IsControl(c) && c != '\t'))
            throw new DefectException("injection", "a control character is sent: " + Convert.ToHexStringLower(answer));
        if (answer.Length > 0 && outcome.Events[1].Kind == "open")
            throw new DefectException("open", "the connection stays open after the answer");
    }
}
