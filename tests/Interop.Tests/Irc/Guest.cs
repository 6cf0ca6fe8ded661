using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Interop.Tests.Irc;

/// <summary>Somebody at a server with plain sockets.</summary>
internal sealed class Guest : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60); // for what does not come

    private readonly TcpClient _client = new();
    private readonly StreamReader _reader;
    private int _asked;

    private Guest(int port)
    {
        _client.Connect(IPAddress.Loopback, port);
        _reader = new StreamReader(_client.GetStream(), Encoding.UTF8);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _client.Dispose();
    }

    /// <summary>Logs in.</summary>
    internal static async Task<Guest> Enter(int port, string nickname)
    {
        var guest = new Guest(port);
        await guest.Say($"NICK {nickname}\r\nUSER {nickname} 0 * {nickname}");
        await guest.Hears(" 001 ");
        await guest.Asks("PING welcome"); // all of the welcome has come
        return guest;
    }

    /// <summary>Logs in and comes to #tea.</summary>
    internal static async Task<Guest> Join(int port)
    {
        Guest guest = await Enter(port, "guest");
        await guest.Say("JOIN #tea");
        await guest.Hears(" 366 ");
        return guest;
    }

    internal async Task Say(string line) =>
        await _client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"));

    internal async Task Hears(string text)
    {
        while (await Line() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return;
        }
        throw new IOException($"The server has closed before it said: {text}");
    }

    /// <summary>Waits until somebody is in the channel.</summary>
    internal async Task HearsOf(string nickname)
    {
        await Say($"PRIVMSG #tea :{nickname}: hello");
        await Hears($":{nickname}!");
    }

    /// <summary>Says something; all that comes until the server has answered it, or has closed.</summary>
    internal async Task<List<string>> Asks(string line)
    {
        string end = $"answered-{++_asked}";
        await Say($"{line}\r\nPING {end}");
        var answers = new List<string>();
        while (await Line() is { } answer && !answer.EndsWith(end, StringComparison.Ordinal))
            answers.Add(answer);
        return answers;
    }

    private async Task<string?> Line()
    {
        using var deadline = new CancellationTokenSource(Patience);
        return await _reader.ReadLineAsync(deadline.Token);
    }
}
