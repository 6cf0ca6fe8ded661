using System.Text;
using Twisted.Channels.Nats;
using Twisted.Testing;

namespace Twisted.Fuzzing;

/// <summary>All that a NATS server may say to its client.</summary>
internal sealed class NatsTarget() : FuzzTarget("nats")
{
    private readonly VirtualClock _clock = new();

    internal override int Limit => 64 * 1024;

    internal override IReadOnlyList<byte[]> Tokens => Words(
        "INFO {\"server_id\":\"X\",\"headers\":true,\"max_payload\":1048576}\r\n", "INFO {}\r\n", "\r\n", "PONG\r\n",
        "PING\r\n", "+OK\r\n", "-ERR 'Permissions Violation for Publish to \"a\"'\r\n", "-ERR 'Stale Connection'\r\n",
        "MSG a 1 3\r\n", "MSG a 1 back 3\r\n", "HMSG a 1 12 15\r\n", "NATS/1.0\r\n\r\n", "abc\r\n", "MSG a 1 0\r\n\r\n",
        "2147483647", "99999999999999999999", "-1", "\t", " ", "msg", new string('a', 4096));

    internal override void Run(ReadOnlySpan<byte> input, IReadOnlyList<int> sizes, Outcome outcome)
    {
        var client = new NatsClient(_clock, new Nowhere());
        client.Subscribe("a", message =>
        {
            outcome.Add("subject", Encoding.UTF8.GetBytes($"{message.Subject} {message.ReplyTo}"));
            outcome.Add("headers", message.Headers);
            outcome.Add("message", message.Payload);
        });
        var protocol = new NatsProtocol(client);
        protocol.LoggedIn.AddErrback(_ => { }).Forget(); // the failure is the end, which is told below
        StringTransport transport = StringTransport.Connect(protocol);
        int received = 0;
        foreach (int size in sizes)
        {
            if (!transport.IsDisconnecting)
                transport.Receive(input.Slice(received, size));
            received += size;
        }
        outcome.Add("written", transport.Value());
        outcome.IsRefused = transport.IsDisconnecting;
        transport.Disconnect();
        if (client.IsConnected)
            throw new DefectException("end", "the client is connected after its connection has ended");
        if (_clock.DelayedCalls.Count > 0)
            throw new DefectException("timer", "a deadline outlives the connection");
    }

    internal override void Verify(ReadOnlySpan<byte> input, Outcome outcome)
    {
        foreach (FuzzEvent one in outcome.Events)
        {
            if (one.Kind == "message" && input.IndexOf(one.Payload) < 0)
                throw new DefectException("message", "a message is not what came");
        }
    }

    private sealed class Nowhere : IStreamClientEndpoint
    {
        public Deferred<IProtocol> Connect(IProtocolFactory factory) => throw new NotSupportedException();
    }
}
