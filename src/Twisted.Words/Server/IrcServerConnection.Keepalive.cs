namespace Twisted.Words;

/// <summary>Whether the client is there, and its farewell.</summary>
internal sealed partial class IrcServerConnection
{
    private TimeSpan LastHeard { get; set; } // on the reactor's clock

    [Command("PING")]
    private void Ping(in IrcMessage message)
    {
        if (message.Parameters[0].IsEmpty)
            Reply("409", "No origin specified");
        else
            Send(_network.Message.From(_network.Name).Word("PONG").Word(_network.Name).Text(message.Parameters[0]));
    }

    [Command("PONG")]
    private static void Pong(in IrcMessage message) => _ = message; // any line is a sign of life

    [Command("QUIT")]
    private void Quit(in IrcMessage message)
    {
        string words = ByteText.Of(ByteText.Cut(message.Parameters[0], ServerLimits.Reason));
        Close(words.Length == 0 ? "Client quit" : $"Quit: {words}");
    }

    private void StartKeepalive()
    {
        _timer?.Cancel();
        _timer = _network.Reactor.CallLater(
            Options.PingInterval, static connection => connection.AskWhenSilent(), this);
    }

    /// <summary>One timer, moved no more often than it runs: a line costs nothing.</summary>
    private void AskWhenSilent()
    {
        TimeSpan left = LastHeard + Options.PingInterval - _network.Reactor.Now;
        if (left > TimeSpan.Zero)
        {
            _timer = _network.Reactor.CallLater(left, static connection => connection.AskWhenSilent(), this);
            return;
        }
        Send(_network.Message.Bare("PING").Text(_network.Name));
        _timer = _network.Reactor.CallLater(
            Options.PingTimeout, static connection => connection.CloseWhenSilent(), this);
    }

    private void CloseWhenSilent()
    {
        TimeSpan silence = _network.Reactor.Now - LastHeard;
        if (silence < Options.PingInterval + Options.PingTimeout)
            AskWhenSilent();
        else
            Close($"Ping timeout: {silence.TotalSeconds:0} seconds");
    }
}
