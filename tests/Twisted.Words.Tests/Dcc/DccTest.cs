using System.Net;
using Twisted.Testing;

namespace Twisted.Words.Tests;

/// <summary>Two clients on one reactor, and a server between them that passes on what they say to each other.</summary>
public abstract class DccTest : IDisposable
{
    private protected static readonly DccOptions Local = new()
    {
        AllowLocalAddresses = true,
        Address = IPAddress.Loopback,
        ListenAddress = "127.0.0.1",
        MaxFileSize = 16L << 30,
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("twisted-dcc-");
    private readonly List<(DccClient Client, StringTransport Server)> _clients = [];

    protected DccTest()
    {
        Reactor = new MemoryReactor(Clock);
        Alice = Add("alice", Local);
        Bob = Add("bob", Local);
        Inbox = _folder.CreateSubdirectory("inbox").FullName;
    }

    private protected VirtualClock Clock { get; } = new();

    private protected MemoryReactor Reactor { get; }

    private protected DccClient Alice { get; }

    private protected DccClient Bob { get; }

    /// <summary>Where what is received goes.</summary>
    private protected string Inbox { get; }

    /// <summary>What they have said to each other.</summary>
    private protected List<string> Said { get; } = [];

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _folder.Delete(recursive: true);
    }

    private protected DccClient Add(string nickname, DccOptions options)
    {
        var client = new DccClient(Reactor.Reactor, nickname, options);
        StringTransport server = StringTransport.Connect(client);
        server.Receive($":irc.example.net 001 {nickname} :Welcome\r\n");
        server.Clear();
        _clients.Add((client, server));
        return client;
    }

    /// <summary>All that can happen now happens.</summary>
    private protected void Settle()
    {
        do
            Clock.Advance(TimeSpan.Zero);
        while (PassOn());
    }

    /// <summary>Somebody says something to a client.</summary>
    private protected void Tell(DccClient client, string from, string text, string? target = null)
    {
        StringTransport server = _clients.Single(one => one.Client == client).Server;
        server.Receive($":{from}!u@h PRIVMSG {target ?? client.Nickname} :{text}\r\n");
        Settle();
    }

    private protected void Disconnect(DccClient client) =>
        _clients.Single(one => one.Client == client).Server.Disconnect();

    private protected string NewFile(string name, byte[] content)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>A server that says nothing and sends these bytes, then closes.</summary>
    private protected int Sending(byte[] content, bool closes = true) => Reactor.Reactor.ListenTcp(
        0, Factory.For(() => new Speaker(content, closes)), "127.0.0.1").Host.Port;

    private protected static byte[] Bytes(int length)
    {
        byte[] content = new byte[length];
        new Random(1).NextBytes(content);
        return content;
    }

    private protected static DccOffer Offer(
        int port, long? size, string name = "f.bin", string address = "127.0.0.1") => new()
        {
            Kind = DccKind.Send,
            User = "alice!u@h",
            FileName = name,
            Address = IPAddress.Parse(address),
            Port = port,
            Size = size,
        };

    /// <summary>Why it failed; it has failed by now.</summary>
    private protected static Exception Failure(Deferred work)
    {
        Exception? failure = null;
        work.AddErrback(reason => { failure = reason; });
        return Assert.IsAssignableFrom<Exception>(failure);
    }

    private bool PassOn()
    {
        bool any = false;
        foreach ((DccClient client, StringTransport server) in _clients.ToArray())
        {
            string[] lines = server.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            server.Clear();
            foreach (string line in lines)
            {
                any = true;
                Said.Add($"{client.Nickname}: {line.Replace('\u0001', '~')}");
                string target = line.Split(' ')[1];
                if (_clients.FirstOrDefault(one => one.Client.Nickname == target) is { Server: { } other })
                    other.Receive($":{client.Nickname}!u@h {line}\r\n");
            }
        }
        return any;
    }

    private sealed class Speaker(byte[] content, bool closes) : Protocol
    {
        protected override void ConnectionMade()
        {
            Transport.Write(content);
            if (closes)
                Transport.LoseConnection();
        }
    }
}
