using System.Net;

namespace Twisted.Internet;

/// <summary>
/// What a reactor needs of its platform. This is the whole porting contract:
/// <list type="bullet">
/// <item>One thread calls everything except <see cref="Wake"/>: the reactor thread. Events are raised only from inside
/// <see cref="Poll"/>, so user code never runs inside a call of the engine's to the driver.</item>
/// <item>Readiness is level-triggered: while a socket is ready for what it is interested in, every poll says so. A
/// socket without interest is never reported, also not when it breaks.</item>
/// <item>After <see cref="ISocketDriver.Close"/> no event of that socket is raised, not even one of the poll that
/// runs.</item>
/// <item><see cref="Poll"/> rounds a timeout up: waking early makes a busy loop.</item>
/// <item><see cref="Wake"/> is remembered: a poll that starts after it returns at once.</item>
/// </list>
/// </summary>
internal interface IReactorDriver : IDisposable
{
    /// <summary>The clock, monotonic.</summary>
    TimeProvider TimeProvider { get; }

    /// <summary>How long it was not waiting; null where nothing ever waits, in memory.</summary>
    BusyTime? Busy => null;

    /// <summary>Waits for events or for the timeout, and raises the events.</summary>
    /// <param name="timeout">
    /// Zero does not wait; <see cref="Timeout.InfiniteTimeSpan"/> waits until something happens.
    /// </param>
    /// <returns>Whether anything was raised.</returns>
    bool Poll(TimeSpan timeout);

    /// <summary>Ends a poll, or the next one. Any thread.</summary>
    void Wake();

    /// <summary>Opens a listening stream socket.</summary>
    /// <exception cref="CannotListenException">It cannot be had.</exception>
    IListenDriver Listen(IPEndPoint address, TcpListenOptions options);

    /// <summary>Starts to connect; the socket becomes writable when it is done, one way or the other.</summary>
    /// <param name="remote">Where to.</param>
    /// <param name="bind">The local address, if it matters.</param>
    /// <exception cref="ConnectException">It failed at once.</exception>
    ISocketDriver Connect(EndPoint remote, EndPoint? bind);

    /// <summary>Opens a datagram socket.</summary>
    /// <exception cref="CannotListenException">It cannot be had.</exception>
    IDatagramDriver Bind(IPEndPoint address);

    /// <summary>
    /// The addresses of a host name, looked up off the reactor thread (there may be none: then it throws).
    /// </summary>
    IReadOnlyList<IPAddress> Resolve(string host);

    /// <summary>
    /// Runs a call of <see cref="Resolve"/> elsewhere, on threads of their own number: names that nobody answers for
    /// must not stop other work, nor the other way round.
    /// </summary>
    void RunLookup(Action work);

    /// <summary>Runs blocking work elsewhere.</summary>
    void RunInThread(Action work);

    /// <summary>How many pieces of work may run at a time.</summary>
    void SetThreadPoolSize(int size);

    /// <summary>Runs a whole reactor elsewhere.</summary>
    void StartThread(Action work);
}

/// <summary>A listening stream socket of a driver.</summary>
internal interface IListenDriver
{
    EndPoint Host { get; }

    /// <summary>Who is told when a connection can be accepted; null for nobody.</summary>
    /// <exception cref="IOException">The system cannot watch it.</exception>
    void SetListener(Action? acceptable);

    /// <summary>Takes one connection.</summary>
    AcceptResult Accept(out ISocketDriver? socket);

    /// <summary>
    /// After <see cref="AcceptResult.Exhausted"/>: closes the client, accepting it with what was reserved for that, so
    /// that it is told at once instead of hanging.
    /// </summary>
    /// <returns>False when nothing is reserved: stop listening for a while.</returns>
    bool Refuse();

    void Close();
}

/// <summary>How an accept went.</summary>
internal enum AcceptResult
{
    /// <summary>There is a connection.</summary>
    Accepted,

    /// <summary>There is none.</summary>
    WouldBlock,

    /// <summary>There was one and it has gone again.</summary>
    Gone,

    /// <summary>There is one, but no descriptor or memory for it.</summary>
    Exhausted,
}

/// <summary>A stream socket of a driver.</summary>
internal interface ISocketDriver
{
    /// <summary>Nothing can be read or written now.</summary>
    const int WouldBlock = -1;

    /// <summary>It broke: see <see cref="Failure"/>.</summary>
    const int Failed = -2;

    EndPoint Host { get; }

    EndPoint Peer { get; }

    /// <summary>What made the last call return <see cref="Failed"/>, or the attempt to connect fail.</summary>
    OsFailure Failure { get; }

    /// <summary>The same as the reason that a protocol is given.</summary>
    Exception Loss => FailureText.Losing(Failure);

    bool NoDelay { get; set; }

    bool KeepAlive { get; set; }

    /// <summary>Who is told of readiness, and of which. Both false: nothing is told.</summary>
    /// <returns>False when the system cannot watch the socket: see <see cref="Failure"/>.</returns>
    bool SetInterest(ISocketEvents events, bool read, bool write);

    /// <summary>After the first writable event of an attempt: whether it is connected.</summary>
    bool FinishConnecting();

    /// <summary>
    /// Reads: bytes read, 0 at the end of the stream, or one of the negative constants. Called when it is readable.
    /// </summary>
    int Receive(Span<byte> buffer);

    /// <summary>
    /// Writes: bytes taken, or one of the negative constants. The next call begins with what was not taken.
    /// </summary>
    int Send(ReadOnlySpan<byte> data);

    /// <summary>Tells the peer that no more will come.</summary>
    void ShutdownSend();

    /// <summary>All has been sent and the socket is to be closed: a layer with a goodbye of its own says it.</summary>
    /// <returns>
    /// 0 when it may be closed; <see cref="WouldBlock"/> when the peer's answer is awaited: the writable event comes
    /// with it, ask again then; <see cref="Failed"/> when it did not come.
    /// </returns>
    int FinishSending() => 0;

    /// <summary>Closes; with <paramref name="abort"/> by a reset. Safe to repeat.</summary>
    void Close(bool abort);

    /// <summary>An ability of this kind of socket, for its transport's <c>Get</c>; or null.</summary>
    T? Get<T>() where T : class => this as T;
}

/// <summary>Who hears of a socket's readiness.</summary>
internal interface ISocketEvents
{
    void OnReadable();

    void OnWritable();
}

/// <summary>A datagram socket of a driver.</summary>
internal interface IDatagramDriver
{
    EndPoint Host { get; }

    OsFailure Failure { get; }

    /// <summary>Who is told when a datagram can be read; null for nobody.</summary>
    /// <exception cref="IOException">The system cannot watch it.</exception>
    void SetListener(Action? readable);

    /// <summary>Fixes the peer: only its datagrams come, and its refusals.</summary>
    /// <returns>False when there is no way to it: see <see cref="Failure"/>.</returns>
    bool Connect(EndPoint peer);

    /// <summary>Reads one datagram: its length or a negative constant of <see cref="ISocketDriver"/>.</summary>
    int Receive(Span<byte> buffer, out EndPoint? from);

    /// <summary>Sends one datagram; null is the connected peer.</summary>
    int Send(ReadOnlySpan<byte> data, EndPoint? to);

    void Close();
}
