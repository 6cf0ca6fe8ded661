using Twisted.Testing;

namespace Twisted.Words.Tests;

/// <summary>A client on a transport where the test is the server.</summary>
public abstract class ClientTest
{
    private protected VirtualClock Clock { get; } = new();

    private protected StringTransport Server { get; set; } = null!;

    private protected RecordingClient Client { get; set; } = null!;

    private protected void Connect(RecordingClient? client = null, bool signsOn = true)
    {
        Client = client ?? new RecordingClient(Clock);
        Server = StringTransport.Connect(Client);
        if (!signsOn)
            return;
        Server.Receive(":irc.example.net 001 bot :Welcome\r\n");
        Server.Clear();
        Client.Events.Clear();
    }

    /// <summary>The server says a line; what the client hears of it.</summary>
    private protected string Heard(string line)
    {
        Client.Events.Clear();
        Server.Receive(line + "\r\n");
        return string.Join('\n', Client.Events);
    }

    /// <summary>What the client has sent since it was asked last.</summary>
    private protected string Sent()
    {
        string text = Server.Text;
        Server.Clear();
        return text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n');
    }
}
