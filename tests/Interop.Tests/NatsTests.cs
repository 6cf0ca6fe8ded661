using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Twisted.Channels;
using Twisted.Channels.Nats;

namespace Interop.Tests;

/// <summary>The client and the bus against the real server, which is killed, restarted, and says no.</summary>
public sealed partial class NatsTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nats-");
    private readonly List<RunningProgram> _programs = [];
    private int _port;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>xunit 2 calls this one; it does not know IAsyncDisposable.</summary>
    public async Task DisposeAsync()
    {
        foreach (RunningProgram program in _programs)
            await program.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [PeerFact(Peers.NatsServer)]
    public async Task Two_nodes_meet_at_a_server_that_is_killed_and_comes_back()
    {
        RunningProgram server = await StartServer();
        RunningProgram one = await StartNode(1);
        RunningProgram two = await StartNode(2);
        await one.Line(line => line == "up 2");
        await two.Line(line => line == "up 1");
        await one.Send("send 2 chat good morning\n");
        await two.Line("chat from 1: good morning");
        await one.Line("sent to 2");
        await two.Send("all chat to everybody\n");
        await one.Line("chat from 2: to everybody");

        await server.Kill();
        await one.Line(line => line.StartsWith("down 2", StringComparison.Ordinal));
        await two.Line(line => line.StartsWith("down 1", StringComparison.Ordinal));
        await one.Send("send 2 chat are you there\n");
        await one.Line("not sent to 2: Node 2 is down: nothing was sent.");
        await StartServer();
        await one.Line(line => line == "up 2");
        await one.Send("send 2 chat welcome back\n");
        await two.Line("chat from 1: welcome back");
        two.Terminate();
        await two.Succeeds();
        await one.Line("down 2: it has stopped");
    }

    [PeerFact(Peers.NatsServer)]
    public async Task A_second_node_with_one_number_is_told_by_the_first()
    {
        await StartServer();
        RunningProgram one = await StartNode(1);
        RunningProgram two = await StartNode(2);
        await one.Line(line => line == "up 2");
        RunningProgram same = await StartNode(1);
        await same.Line("give each node a number of its own");
        await one.Kill();
        await two.Line(line => line.StartsWith("down 1", StringComparison.Ordinal));
        await two.Line(line => line == "up 1");
    }

    [PeerFact(Peers.NatsServer)]
    public async Task Nothing_acknowledged_is_lost_when_the_server_is_killed_and_the_rest_is_reported()
    {
        RunningProgram server = await StartServer();
        var received = new HashSet<int>();
        var acknowledged = new List<int>();
        int reported = 0;
        int sent = 0;
        await OnReactor.Run(async reactor =>
        {
            NatsBus one = Bus(reactor, 1);
            NatsBus two = Bus(reactor, 2);
            one.Subscribe("count", (int _, ReadOnlySpan<byte> number) =>
                Assert.True(received.Add(int.Parse(number, CultureInfo.InvariantCulture))));
            var isUp = new Deferred();
            var isDown = new Deferred();
            two.NodeUp += _ => isUp.Callback();
            two.NodeDown += (_, _) => isDown.Callback();
            await one.StartService();
            await two.StartService();
            await isUp;
            Task? killed = null;
            while (two.Nodes.Count > 0)
            {
                int number = sent++;
                Deferred answered = two.Send(1, "count", Encoding.ASCII.GetBytes($"{number}"))
                    .AddCallbacks(
                        () => acknowledged.Add(number),
                        failure => reported += failure is NodeDownException { MayHaveArrived: true } ? 1 : 0);
                if (acknowledged.Count >= 1000)
                    killed ??= server.Kill();
                if (sent % 50 == 0)
                    await answered;
            }
            await isDown;
            await killed!;
            isUp = new Deferred();
            await StartServer();
            await isUp;
            await two.Send(1, "count", Encoding.ASCII.GetBytes($"{sent}"));
            await two.StopService();
            await one.StopService();
        });
        Assert.True(received.IsSupersetOf(acknowledged));
        Assert.Equal(sent, acknowledged.Count + reported);
        Assert.Contains(sent, received); // the one after it was back
    }

    [PeerFact(Peers.NatsServer)]
    public async Task What_we_say_and_what_a_socket_by_hand_says_are_the_same()
    {
        await StartServer();
        using var raw = new TcpClient();
        await raw.ConnectAsync("127.0.0.1", _port);
        using var reader = new StreamReader(raw.GetStream(), Encoding.ASCII);
        await Say(raw, "CONNECT {\"verbose\":false}\r\nSUB ours 9\r\nSUB ask 8\r\nPING\r\n");
        Assert.StartsWith("INFO {", await reader.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal("PONG", await reader.ReadLineAsync());
        await OnReactor.Run(async reactor =>
        {
            NatsClient client = Client(reactor);
            var heard = new Deferred<string>();
            client.Subscribe("theirs.>", message => heard.Callback(
                $"{message.Subject} {message.ReplyTo} {Encoding.ASCII.GetString(message.Payload)}"));
            await client.StartService();
            await client.WhenConnected();
            await client.Publish("ours", "two\r\nlines"u8);
            foreach (string line in (string[])["MSG ours 9 10", "two", "lines"])
                Assert.Equal(line, await reader.ReadLineAsync());
            await Say(raw, "PUB theirs.a.b back 5\r\nhello\r\n");
            Assert.Equal("theirs.a.b back hello", await heard);

            Deferred<byte[]> answer = client.Request("ask", "question"u8);
            string asked = (await reader.ReadLineAsync())!;
            Assert.Equal("question", await reader.ReadLineAsync());
            await Say(raw, $"PUB {asked.Split(' ')[3]} 6\r\nanswer\r\n");
            Assert.Equal("answer"u8.ToArray(), await answer);
            await Fails<NatsNoRespondersException>(client.Request("nobody", []));
            await client.StopService();
        });
    }

    [PeerFact(Peers.NatsServer)]
    public async Task A_server_that_wants_a_login_refuses_a_wrong_one_and_takes_the_right_one()
    {
        await StartServer("--user", "me", "--pass", "sec\"ret");
        await OnReactor.Run(async reactor =>
        {
            NatsClient wrong = Client(reactor, new NatsOptions { User = "me", Password = "wrong" });
            await wrong.StartService();
            NatsClient right = Client(reactor, new NatsOptions { User = "me", Password = "sec\"ret" });
            await right.StartService();
            await right.WhenConnected();
            await right.Publish("a", []);
            Assert.False(wrong.IsConnected);
            await right.StopService();
            await wrong.StopService();
        });
        File.WriteAllText(PathTo("wrong"), "me:wrong\n");
        File.WriteAllText(PathTo("right"), "me:sec\"ret\n");
        RunningProgram refused = await StartNode(1, "--nats-login", PathTo("wrong"));
        Assert.Contains("Authorization Violation", await refused.Line("cannot connect"), StringComparison.Ordinal);
        RunningProgram two = await StartNode(2, "--nats-login", PathTo("right"));
        RunningProgram three = await StartNode(3, "--nats-login", PathTo("right"));
        await two.Line(line => line == "up 3");
        await three.Line(line => line == "up 2");
    }

    [PeerFact(Peers.NatsServer)]
    public async Task The_servers_limits_are_kept_and_a_slow_reader_harms_only_itself()
    {
        File.WriteAllText(PathTo("config"), """
            max_payload: 100000
            max_pending: 1000000
            write_deadline: "1s"
            authorization { users = [ { user: me, password: x, permissions: { publish: { deny: "secret" } } } ] }
            """);
        RunningProgram server = await StartServer("-c", PathTo("config"));
        using var slow = new TcpClient { ReceiveBufferSize = 4096 };
        await slow.ConnectAsync("127.0.0.1", _port);
        await Say(slow, "CONNECT {\"user\":\"me\",\"pass\":\"x\"}\r\nSUB flood 1\r\nPING\r\n");
        await OnReactor.Run(async reactor =>
        {
            NatsClient client = Client(reactor, new NatsOptions { User = "me", Password = "x" });
            int heard = 0;
            client.Subscribe("flood", _ => heard++);
            await client.StartService();
            await client.WhenConnected();
            Assert.Equal(100_000, client.Server!.MaxPayload);
            Assert.Throws<ArgumentException>(() => client.TryPublish("a", new byte[100_001]));
            Deferred refused = client.Publish("secret", []);
            Deferred taken = client.Publish("open", []);
            await Fails<NatsException>(refused);
            await taken;
            byte[] much = new byte[100_000];
            for (int i = 0; i < 300; i++)
            {
                await client.WhenReady();
                await client.Publish("flood", much);
            }
            await client.Flush();
            Assert.Equal(300, heard);
            Assert.True(client.IsConnected);
            await client.StopService();
        });
        await server.Line("Slow Consumer");
    }

    private static async Deferred Fails<T>(Deferred deferred) where T : Exception
    {
        try
        {
            await deferred;
        }
        catch (T)
        {
            return;
        }
        Assert.Fail($"It has not failed with {typeof(T).Name}.");
    }

    private static async Task Say(TcpClient raw, string lines) =>
        await raw.GetStream().WriteAsync(Encoding.ASCII.GetBytes(lines));

    private NatsClient Client(IReactor reactor, NatsOptions? options = null) =>
        new(reactor, Endpoints.Client(reactor, $"tcp:127.0.0.1:{_port}"), options);

    private NatsBus Bus(IReactor reactor, int id) =>
        new(reactor, new NatsBusOptions { Id = id, Server = $"tcp:127.0.0.1:{_port}" });

    private async Task<RunningProgram> StartNode(int id, params string[] more)
    {
        RunningProgram node = await Tool.Start([
            "-n", "node", "--id", $"{id}", "--nats", $"tcp:127.0.0.1:{_port}", "--console", .. more]);
        _programs.Add(node);
        return node;
    }

    /// <summary>On a port of its own choice the first time, and then on the same one.</summary>
    private async Task<RunningProgram> StartServer(params string[] more)
    {
        // It logs to standard error; exec, so that what is killed is the server.
        RunningProgram server = RunningProgram.Start([
            "/bin/sh", "-c", "exec \"$0\" \"$@\" 2>&1", Peers.NatsServer,
            "-a", "127.0.0.1", "-p", _port == 0 ? "-1" : $"{_port}", .. more]);
        _programs.Add(server);
        string line = await server.Line("Listening for client connections");
        _port = int.Parse(PortNumber().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);
        await server.Line("Server is ready");
        return server;
    }

    private string PathTo(string file) => Path.Combine(_folder.FullName, file);

    [GeneratedRegex(@":(\d+)$")]
    private static partial Regex PortNumber();
}
