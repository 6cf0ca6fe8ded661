using Twisted.Conformance;
using Twisted.Processes;
using Call = Twisted.Tests.FaultyCalls.Call;

namespace Twisted.Tests;

/// <summary>A server whose system calls fail: it goes on, and says of each connection what became of it.</summary>
public class FailingCallTests : FaultTests
{
    private const int EPROTO = 71;
    private const int ENETDOWN = 100;
    private const int ENOSPC = 28;
    private const string Done = "ConnectionDoneException: Connection was closed cleanly.";

    [PeerTheory(FaultyCalls.Compiler)]
    [InlineData(Errno.ECONNABORTED)]
    [InlineData(EPROTO)]
    [InlineData(ENETDOWN)]
    [InlineData(Errno.EHOSTUNREACH)]
    [InlineData(Errno.EPERM)]
    [InlineData(Errno.EINTR)]
    public void An_accept_that_fails_for_one_client_leaves_the_next(int error) => Serve(async (reactor, calls, port) =>
    {
        Probe old = await Client(reactor, port);
        calls.Fail(Call.Accept, error, count: 3);
        Probe next = Dial(reactor, port);
        await Echo(reactor, next);
        Assert.Equal(3, calls.Failed(Call.Accept));
        await Echo(reactor, old);
        await Ends([old, next]);
    }, Done, Done);

    [PeerTheory(FaultyCalls.Compiler)]
    [InlineData(Errno.EMFILE)]
    [InlineData(Errno.ENFILE)]
    [InlineData(Errno.ENOBUFS)]
    [InlineData(Errno.ENOMEM)]
    public void An_accept_for_which_the_system_lacks_something_lets_the_port_rest(int error) =>
        Serve(async (reactor, calls, port) =>
        {
            Probe old = await Client(reactor, port);
            TimeSpan began = reactor.Now;
            calls.Fail(Call.Accept, error, count: 6);
            Probe[] waiting = [Dial(reactor, port), Dial(reactor, port)];
            await Until(reactor, () => calls.Failed(Call.Accept) > 2);
            await Echo(reactor, old);
            foreach (Probe client in waiting)
                await Echo(reactor, client);
            Assert.Equal(6, calls.Failed(Call.Accept));
            // Rests of 10, 20, 40 ... ms, and an accept or two between them: without rests it took a millisecond.
            Assert.InRange(reactor.Now - began, TimeSpan.FromMilliseconds(70), TimeSpan.FromSeconds(15));
            await Ends([old, .. waiting]);
        }, [.. Enumerable.Repeat(Done, 3)]);

    [PeerTheory(FaultyCalls.Compiler)]
    [InlineData(ENOSPC, "No space left on device")]
    [InlineData(Errno.ENOMEM, "Cannot allocate memory")]
    public void A_connection_that_the_system_cannot_watch_is_lost_and_the_others_go_on(int error, string text) =>
        Serve(async (reactor, calls, port) =>
        {
            Probe old = await Client(reactor, port);
            calls.Fail(Call.Watch, error, count: 1);
            Probe unwatched = Dial(reactor, port);
            Assert.IsAssignableFrom<ConnectionClosedException>(await unwatched.Lost);
            Assert.Equal(1, calls.Failed(Call.Watch));
            await Echo(reactor, old);
            Probe next = await Client(reactor, port);
            await Ends([old, next]);
        }, Unwatched(error, text), Done, Done);

    [PeerFact(FaultyCalls.Compiler)]
    public void A_port_that_cannot_be_watched_again_after_its_rest_rests_once_more() => Run(async reactor =>
    {
        using var calls = new FaultyCalls();
        using HostProcess host = await Start(reactor, calls);
        int port = int.Parse(await reactor.DeferToThread(host.ReadLine));
        calls.Fail(Call.Watch, ENOSPC, count: 1);
        calls.Fail(Call.Accept, Errno.ENOMEM, count: 2);
        Probe first = Dial(reactor, port); // on the portable reactor it is this one that cannot be watched
        first.Made.AddCallback(() => first.Transport.Write("x"u8));
        await Until(reactor, () => first.LostCount + first.Received.Count > 0);
        Probe next = await Client(reactor, port);
        next.Transport.LoseConnection();
        await next.Lost;
        Assert.Equal(1, calls.Failed(Call.Watch));
    });

    [PeerTheory(FaultyCalls.Compiler)]
    [InlineData("tcp:0:interface=127.0.0.1")]
    [InlineData("unix:@")]
    public void A_port_that_cannot_be_watched_is_refused_and_leaves_nothing(string endpoint) => Run(async reactor =>
    {
        using var calls = new FaultyCalls();
        using HostProcess host = await Start(reactor, calls);
        await reactor.DeferToThread(host.ReadLine);
        calls.Fail(Call.Watch, ENOSPC, count: 1);
        Assert.Matches(Refused, await Listen());
        Assert.Equal(1, calls.Failed(Call.Watch));
        Assert.StartsWith("listening", await Listen(), StringComparison.Ordinal);

        Deferred<string> Listen()
        {
            string where = endpoint.Replace("@", Folder.Fresh(), StringComparison.Ordinal);
            return reactor.DeferToThread(() => host.Ask($"listen {where}"));
        }
    });

    [PeerTheory(FaultyCalls.Compiler)]
    [InlineData("Send", Errno.ENOBUFS, "105: No buffer space available")]
    [InlineData("Send", Errno.ENOMEM, "12: Cannot allocate memory")]
    [InlineData("Send", Errno.EPIPE, "32: Broken pipe")]
    [InlineData("Send", Errno.ECONNRESET, "104: Connection reset by peer")]
    [InlineData("Receive", Errno.ECONNRESET, "104: Connection reset by peer")]
    [InlineData("Receive", Errno.ETIMEDOUT, "110: Connection timed out")]
    [InlineData("Receive", Errno.ENOMEM, "12: Cannot allocate memory")]
    public void A_failing_read_or_write_ends_that_connection_alone(string name, int error, string text) =>
        Serve(async (reactor, calls, port) =>
        {
            Call call = Enum.Parse<Call>(name);
            Probe old = await Client(reactor, port);
            Probe broken = await Client(reactor, port);
            calls.Fail(call, error, count: 1);
            broken.Transport.Write("x"u8);
            await broken.Lost;
            Assert.Equal(1, calls.Failed(call));
            await Echo(reactor, old);
            await Ends([old]);
        }, "ConnectionLostException: Connection to the other side was lost in a non-clean fashion: "
            + $"{Failure(error, text)}.", Done);

    [PeerFact(FaultyCalls.Compiler)]
    public void Interrupted_calls_everywhere_are_made_again() => Serve(async (reactor, calls, port) =>
    {
        foreach (Call call in (Call[])[Call.Accept, Call.Receive, Call.Send, Call.Wait])
            calls.Fail(call, Errno.EINTR, every: 2);
        Probe[] clients = [.. Enumerable.Range(0, 10).Select(_ => Dial(reactor, port))];
        foreach (Probe client in clients)
            await Echo(reactor, client, bytes: 20_000);
        foreach (Call call in (Call[])[Call.Accept, Call.Receive, Call.Send, Call.Wait])
            Assert.True(calls.Failed(call) > 3, $"{call} was interrupted {calls.Failed(call)} times");
        await Ends(clients);
    }, [.. Enumerable.Repeat(Done, 10)]);

    [PeerFact(FaultyCalls.Compiler)]
    public void Reads_and_writes_of_one_byte_each_lose_nothing() => Serve(async (reactor, calls, port) =>
    {
        calls.Limit(Call.Receive, 1);
        calls.Limit(Call.Send, 1);
        Probe client = await Client(reactor, port);
        int before = calls.Calls(Call.Receive);
        await Echo(reactor, client, bytes: 5_000);
        Assert.True(calls.Calls(Call.Receive) - before >= 5_000);
        Assert.True(calls.Calls(Call.Send) >= 5_000);
        await Ends([client]);
    }, Done);

    [PeerTheory(FaultyCalls.Compiler)]
    [InlineData(Errno.EMFILE)]
    [InlineData(Errno.ENFILE)]
    [InlineData(Errno.ENOBUFS)]
    [InlineData(Errno.ENOMEM)]
    public void A_client_without_a_socket_is_told_and_the_next_attempt_works(int error) => Run(async reactor =>
    {
        using var calls = new FaultyCalls();
        using HostProcess host = await Start(reactor, calls);
        string port = await reactor.DeferToThread(host.ReadLine);
        string client = $"client tcp:127.0.0.1:{port}";
        Assert.Equal("made", await reactor.DeferToThread(() => host.Ask(client)));
        calls.Fail(Call.Socket, error, count: 1);
        string failed = await reactor.DeferToThread(() => host.Ask(client));
        Assert.StartsWith("failed ConnectFailedException: An error occurred while connecting: ", failed,
            StringComparison.Ordinal);
        Assert.Equal("made", await reactor.DeferToThread(() => host.Ask(client)));
        Assert.Equal("whole", await reactor.DeferToThread(() => host.Ask("talk 1000")));
    });

    /// <summary>What a port is told that cannot be watched.</summary>
    protected virtual string Refused =>
        @"^failed CannotListenException: Couldn't listen on .+: Cannot watch descriptor \d+: No space left on device";

    /// <summary>What a connection is told that cannot be watched.</summary>
    protected virtual string Unwatched(int error, string text) =>
        $"ConnectionLostException: Connection to the other side was lost in a non-clean fashion: {error}: {text}.";

    /// <summary>How a failure is told.</summary>
    protected virtual string Failure(int error, string text) => text;

    /// <summary>Runs a body against a server, and looks how its connections have ended, in that order.</summary>
    private void Serve(Func<IReactor, FaultyCalls, int, Deferred> body, params string[] reasons) => Run(async reactor =>
    {
        using var calls = new FaultyCalls();
        using HostProcess host = await Start(reactor, calls);
        int port = int.Parse(await reactor.DeferToThread(host.ReadLine));
        await body(reactor, calls, port);
        string lost = await reactor.DeferToThread(() => host.Ask($"lost {reasons.Length}"));
        Assert.Equal(string.Join(" ; ", reasons), lost);
        Assert.Equal("0 open, 0 failures", await reactor.DeferToThread(() => host.Ask("state")));
        host.EndInput();
        Assert.Equal(0, await reactor.DeferToThread(host.WaitForExit));
    });

    private Deferred<HostProcess> Start(IReactor reactor, FaultyCalls calls) => reactor.DeferToThread(() =>
        new HostProcess($"service {Kind} tcp:0:interface=127.0.0.1", calls.Setup));

    /// <summary>One that is served.</summary>
    private static async Deferred<Probe> Client(IReactor reactor, int port)
    {
        Probe client = Dial(reactor, port);
        await Echo(reactor, client);
        return client;
    }

    private static async Deferred Echo(IReactor reactor, Probe client, int bytes = 1)
    {
        await client.Made;
        byte[] data = new byte[bytes];
        new Random(bytes).NextBytes(data);
        client.Received.Clear();
        client.Transport.Write(data);
        await Until(reactor, () => client.Received.Count >= bytes || client.LostCount > 0);
        Assert.Equal(0, client.LostCount);
        Assert.Equal(data, client.Received);
    }

    private static async Deferred Ends(IEnumerable<Probe> clients)
    {
        foreach (Probe client in clients)
        {
            client.Transport.LoseConnection();
            await client.Lost;
        }
    }
}
