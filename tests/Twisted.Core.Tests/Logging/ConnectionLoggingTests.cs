using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Twisted.Logging;
using Twisted.Testing;

namespace Twisted.Tests;

public class ConnectionLoggingTests
{
    [Fact]
    public void A_message_carries_its_connection_through_any_wrapper()
    {
        var log = new LogCapture();
        var net = new MemoryNetwork(new VirtualClock());
        net.Server("chat").Listen(Factory.For(() => new Chat(log.CreateLogger("Chat"))));
        MemoryPeer one = net.Connect("chat");
        MemoryPeer two = net.Connect("chat");
        one.Send("hello"u8);
        two.Send("world"u8);
        one.Send("again"u8);
        net.Clock.Advance(TimeSpan.Zero);
        long[] numbers = [.. log.Events.Select(told => ((ConnectionScope)Assert.Single(told.Scopes)).Id)];
        Assert.Equal([numbers[0], numbers[0] + 1], numbers.Distinct().Order());
        Assert.Equal(3, numbers.Length);
        Assert.Matches($@"^\S+ \[Chat,{numbers[0]},.+\] 5 bytes\n$", LogFormat.Text.Written(log.Events[0]));
    }

    private sealed class Chat(ILogger log) : Protocol
    {
        private ILogger _log = NullLogger.Instance;

        protected override void ConnectionMade() => _log = log.ForConnection(Transport);

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            if (_log.IsEnabled(LogLevel.Information))
                _log.LogInformation("{Count} bytes", data.Length);
        }
    }
}
