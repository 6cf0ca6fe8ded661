using System.Net;
using Twisted.Testing;

namespace Twisted.Tests;

/// <summary>
/// A platform that does what a test says, call by call, and remembers what the engine asked of it. Where the memory
/// network has rules of its own, this one has none.
/// </summary>
internal sealed class ScriptedDriver : IReactorDriver
{
    private const int LongestScript = 10_000;

    internal static readonly IPEndPoint Here = new(IPAddress.Loopback, 1000);
    internal static readonly IPEndPoint There = new(IPAddress.Loopback, 2000);

    /// <summary>The clock. It stands still until a test moves it.</summary>
    internal VirtualTimeProvider Time { get; } = new();

    /// <summary>How long each poll was allowed to wait.</summary>
    internal List<TimeSpan> Waits { get; } = [];

    /// <summary>What the next polls raise, one each; a poll without one raises nothing.</summary>
    internal Queue<Action> Events { get; } = [];

    internal int Wakes { get; private set; }

    /// <summary>What the next calls of Listen open; without one, a new listener.</summary>
    internal Queue<ScriptedListener> Listeners { get; } = [];

    /// <summary>What the next attempts to connect get; without one, a socket that never answers.</summary>
    internal Queue<ISocketDriver> Sockets { get; } = [];

    /// <summary>Whom the engine has connected to, and from where, in order.</summary>
    internal List<(EndPoint Remote, EndPoint? Bind)> Attempts { get; } = [];

    internal ScriptedDatagrams Datagrams { get; } = new();

    internal Func<string, IReadOnlyList<IPAddress>> Names { get; set; } = _ => [];

    /// <summary>Work for threads, for lookups and for reactors: a test runs it when it wants to.</summary>
    internal Queue<Action> Work { get; } = [];

    internal int ThreadPoolSize { get; private set; }

    public TimeProvider TimeProvider => Time;

    public bool Poll(TimeSpan timeout)
    {
        Waits.Add(timeout);
        if (!Events.TryDequeue(out Action? raise))
            return Waits.Count < LongestScript ? false : throw new InvalidOperationException("The loop never ends.");
        raise();
        return true;
    }

    public void Wake() => Wakes++;

    public IListenDriver Listen(IPEndPoint address, TcpListenOptions options) =>
        Listeners.TryDequeue(out ScriptedListener? listener) ? listener : new ScriptedListener();

    public ISocketDriver Connect(EndPoint remote, EndPoint? bind)
    {
        Attempts.Add((remote, bind));
        return Sockets.TryDequeue(out ISocketDriver? socket) ? socket : new ScriptedSocket();
    }

    public IDatagramDriver Bind(IPEndPoint address) => Datagrams;

    public IReadOnlyList<IPAddress> Resolve(string host) => Names(host);

    public void RunLookup(Action work) => Work.Enqueue(work);

    public void RunInThread(Action work) => Work.Enqueue(work);

    public void SetThreadPoolSize(int size) => ThreadPoolSize = size;

    public void StartThread(Action work) => Work.Enqueue(work);

    public void Dispose() { }
}

/// <summary>A port whose clients stand in a queue.</summary>
internal sealed class ScriptedListener : IListenDriver
{
    /// <summary>What the next accepts say: a socket, or why there is none.</summary>
    internal Queue<(AcceptResult Result, ScriptedSocket? Socket)> Clients { get; } = [];

    internal int Accepts { get; set; }

    /// <summary>Whether there is a descriptor in reserve to refuse clients with.</summary>
    internal bool HasReserve { get; set; }

    internal int Refused { get; private set; }

    /// <summary>Who is told of clients.</summary>
    internal Action? Acceptable { get; private set; }

    /// <summary>The system has no room to watch it.</summary>
    internal bool IsUnwatchable { get; set; }

    internal bool IsClosed { get; private set; }

    public EndPoint Host => ScriptedDriver.Here;

    /// <summary>So many clients come.</summary>
    internal void Add(int count)
    {
        for (int i = 0; i < count; i++)
            Clients.Enqueue((AcceptResult.Accepted, new ScriptedSocket()));
    }

    public void SetListener(Action? acceptable)
    {
        if (acceptable is not null && IsUnwatchable)
            throw new IOException("No space left on device");
        Acceptable = acceptable;
    }

    public AcceptResult Accept(out ISocketDriver? socket)
    {
        Accepts++;
        socket = null;
        if (!Clients.TryDequeue(out (AcceptResult Result, ScriptedSocket? Socket) next))
            return AcceptResult.WouldBlock;
        socket = next.Socket;
        return next.Result;
    }

    public bool Refuse()
    {
        if (HasReserve)
            Refused++;
        return HasReserve;
    }

    public void Close() => IsClosed = true;
}
