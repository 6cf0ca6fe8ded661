using Twisted.Testing;

namespace Twisted.Words.Tests;

/// <summary>A log bot on a transport where the test is the server.</summary>
public abstract class LogBotTest : IDisposable
{
    private protected VirtualClock Clock { get; } = new();

    private protected StringTransport Server { get; private set; } = null!;

    private protected IrcLogBotOptions Options { get; set; } = new() { Channels = ["#x"], Nickname = "bot" };

    private protected LogCapture Told { get; } = new();

    private protected IrcLogBot Bot { get; private set; } = null!;

    private protected MemoryDisk Disk { get; } = new();

    private protected MessageLog Messages { get; private set; } = null!;

    public virtual void Dispose()
    {
        Server?.Disconnect();
        Messages?.Dispose();
        Janitor.AssertClean(Clock);
        GC.SuppressFinalize(this);
    }

    private protected void Connect()
    {
        Messages = new MessageLog("x.log", Clock, Told.CreateLogger("log"), Disk.Open);
        Bot = new IrcLogBot(Options, Messages, Clock, Told.CreateLogger("log"));
        Server = StringTransport.Connect(Bot);
    }

    private protected void SignOn(string nickname = "bot", string? features = null)
    {
        Connect();
        Said($":irc 001 {nickname} :Welcome");
        if (features is not null)
            Said($":irc 005 {nickname} {features} :are supported by this server");
        Written();
    }

    private protected void Join()
    {
        SignOn();
        Said(":bot!b@h JOIN #x");
        Written();
        Sent();
    }

    /// <summary>The server says lines.</summary>
    private protected void Said(params string[] lines)
    {
        foreach (string line in lines)
            Server.Receive(line + "\r\n");
    }

    /// <summary>What the server says makes the bot write this.</summary>
    private protected string Logs(params string[] lines)
    {
        Written();
        Said(lines);
        return Written();
    }

    /// <summary>What was written since it was asked last, without times.</summary>
    private protected string Written()
    {
        string all = Disk["x.log"];
        Disk["x.log"] = "";
        Messages.Reopen();
        return string.Join('\n', all.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[11..]));
    }

    /// <summary>What the bot has sent since it was asked last.</summary>
    private protected string Sent()
    {
        string text = Server.Text;
        Server.Clear();
        return text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n');
    }

    /// <summary>To a tick: the BCL cuts, and the sum of two parts is then less than the whole.</summary>
    internal static TimeSpan Rounded(double seconds) =>
        TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));

    private protected void After(double seconds)
    {
        TimeSpan left = Rounded(seconds);
        for (TimeSpan minute = TimeSpan.FromMinutes(1); left > minute; left -= minute)
        {
            Clock.Advance(minute);
            Said("PING :still here"); // a silent server would be left
        }
        Clock.Advance(left);
    }
}
