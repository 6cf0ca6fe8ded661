using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Twisted.Channels;

/// <summary>Commands, a line each, for a node: to try it, and for scripts.</summary>
internal sealed class NodeConsole(IChannelBus node, IReadOnlyList<string> services, ILogger log) : LineReceiver
{
    private const string Help = "commands: send NODE SERVICE TEXT, all SERVICE TEXT, nodes";

    private readonly List<IDisposable> _subscriptions = [];

    /// <summary>Fires when standard input has ended.</summary>
    internal Deferred Ended { get; } = new();

    protected override ReadOnlySpan<byte> Delimiter => "\n"u8;

    protected override void ConnectionMade()
    {
        foreach (string service in services)
            _subscriptions.Add(node.Subscribe(service, (int from, ReadOnlySpan<byte> payload) =>
                Print($"{service} from {from}: {Encoding.UTF8.GetString(payload)}")));
        node.NodeUp += Up;
        node.NodeDown += Down;
    }

    protected override void LineReceived(ReadOnlySpan<byte> line)
    {
        string[] words = Encoding.UTF8.GetString(line).TrimEnd('\r').Split(' ', 4);
        try
        {
            Do(words);
        }
        catch (ArgumentException refused)
        {
            Print(refused.Message);
        }
    }

    protected override void ConnectionLost(Exception reason)
    {
        base.ConnectionLost(reason);
        foreach (IDisposable subscription in _subscriptions)
            subscription.Dispose();
        node.NodeUp -= Up;
        node.NodeDown -= Down;
        ChannelLog.ConsoleClosed(log, node.Id);
        Ended.Callback();
    }

    private void Do(string[] words)
    {
        if (words is ["send", var to, var service, var text]
            && int.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out int id))
        {
            node.Send(id, service, Encoding.UTF8.GetBytes(text))
                .AddCallbacks(() => Print($"sent to {id}"), failure => Print($"not sent to {id}: {failure.Message}"))
                .Forget();
        }
        else if (words is ["all", var every, ..] and { Length: > 2 })
        {
            byte[] payload = Encoding.UTF8.GetBytes(string.Join(' ', words[2..]));
            Print($"sent to {node.PostToAll(every, payload)} nodes");
        }
        else if (words is ["nodes"])
            Print($"nodes: {string.Join(' ', node.Nodes)}");
        else if (words is not [""])
            Print(Help);
    }

    private void Up(int id) => Print($"up {id}");

    private void Down(int id, Exception reason) => Print($"down {id}: {reason.Message}");

    /// <summary>One line, whatever another node has put into it: no escape sequences for our terminal.</summary>
    private void Print(string text)
    {
        if (IsConnected)
            SendLine(string.Concat(text.Select(c => char.IsControl(c) ? '?' : c)));
    }
}
