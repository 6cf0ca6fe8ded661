using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>
/// A child process: which of its events come in which order. Each of its pipes is a stream transport of its own, so
/// that buffers, limits and flow control are those of connections.
/// </summary>
/// <remarks>
/// ProcessExited comes when the child is reaped, ProcessEnded after that and after every pipe has closed, whoever else
/// holds its other end. An exception out of a callback is reported and stops nothing.
/// </remarks>
internal class ProcessTransport(ReactorBase reactor, IChildDriver child, IProcessProtocol protocol)
    : IProcessTransport, IProcessPipes
{
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(5);

    private readonly Dictionary<int, StreamTransport> _writable = [];
    private readonly Dictionary<int, StreamTransport> _readable = [];
    private int _open;                // pipes that have not closed
    private Exception? _reason;       // how it ended, once it has
    private bool _ended;              // ProcessEnded was told
    private IDisposable? _atShutdown;
    private Deferred? _killed;        // the shutdown waits for it

    public int Pid => child.Pid;

    private protected IChildDriver Child => child;

    /// <summary>Gives the process to its protocol and begins to read.</summary>
    internal void Start(bool killAtShutdown)
    {
        reactor.Processes.Add(this);
        if (killAtShutdown)
            _atShutdown = reactor.AddSystemEventTrigger(TriggerPhase.Before, SystemEvent.Shutdown, KillAndWait);
        child.SetListener(exit => reactor.Watched(() => Exited(exit), protocol, "child exited")());
        List<(StreamTransport, PipeProtocol)> pipes = [];
        foreach (ChildPipe pipe in child.Pipes)
        {
            var transport = new StreamTransport(reactor, pipe.Stream, NoOwner.Instance);
            if (pipe.Access.HasFlag(FileAccess.Read))
                _readable.Add(pipe.ChildFd, transport);
            if (pipe.Access.HasFlag(FileAccess.Write))
                _writable.Add(pipe.ChildFd, transport);
            pipes.Add((transport, new PipeProtocol(this, pipe.ChildFd)));
        }
        _open = pipes.Count;
        Guarded(() => protocol.MakeConnection(this), "MakeConnection");
        // Nothing is read before the protocol knows its process; what it has written or closed already is kept.
        foreach ((StreamTransport transport, PipeProtocol receiver) in pipes)
            transport.Start(receiver);
    }

    public void Write(ReadOnlySpan<byte> data) => Input?.Write(data);

    public void WriteToChild(int childFd, ReadOnlySpan<byte> data) => Find(_writable, childFd).Write(data);

    public virtual void CloseStdin() => Input?.LoseConnection();

    public void CloseChildDescriptor(int childFd) =>
        Find(_writable.ContainsKey(childFd) ? _writable : _readable, childFd).LoseConnection();

    public void LoseConnection()
    {
        foreach (StreamTransport pipe in _writable.Values.Concat(_readable.Values))
            pipe.LoseConnection();
    }

    public void SignalProcess(PosixSignal signal)
    {
        if (_reason is not null || !child.Signal(signal))
            throw new ProcessExitedAlreadyException();
    }

    public void Kill()
    {
        if (_reason is not null || !child.Kill())
            throw new ProcessExitedAlreadyException();
    }

    public void RegisterProducer(IPushProducer producer)
    {
        ArgumentNullException.ThrowIfNull(producer);
        if (Input is { } input)
            input.RegisterProducer(producer);
        else
            producer.StopProducing();
    }

    public void RegisterProducer(IPullProducer producer)
    {
        ArgumentNullException.ThrowIfNull(producer);
        if (Input is { } input)
            input.RegisterProducer(producer);
        else
            producer.StopProducing();
    }

    public void UnregisterProducer() => Input?.UnregisterProducer();

    public void PauseProducing()
    {
        foreach (StreamTransport pipe in _readable.Values)
            pipe.PauseProducing();
    }

    public void ResumeProducing()
    {
        foreach (StreamTransport pipe in _readable.Values)
            pipe.ResumeProducing();
    }

    public void StopProducing() => LoseConnection();

    /// <summary>What <see cref="Write"/> writes to.</summary>
    private protected virtual int InputFd => 0;

    private StreamTransport? Input => _writable.GetValueOrDefault(InputFd);

    private static StreamTransport Find(Dictionary<int, StreamTransport> pipes, int childFd) =>
        pipes.GetValueOrDefault(childFd) ?? throw new ArgumentOutOfRangeException(
            nameof(childFd), childFd, "The child has no such pipe. Name it in ChildDescriptors.");

    /// <summary>The reactor shuts down: the child is left alone. Its pipes are closed as connections are.</summary>
    internal void Abandon()
    {
        reactor.Processes.Remove(this);
        _ended = true; // what its pipes tell from now on is not the end of the process
        child.Close();
    }

    public override string ToString() => $"process {Pid}";

    private void Exited(ProcessExit exit)
    {
        _reason = exit.ToReason();
        child.Close();
        reactor.Processes.Remove(this);
        _atShutdown?.Dispose();
        Guarded(() => protocol.ProcessExited(_reason), "ProcessExited");
        if (_killed is { IsFired: false } killed)
            killed.Callback();
        EndWhenAllIsClosed();
        reactor.Flush();
    }

    private void PipeReceived(int childFd, ReadOnlySpan<byte> data)
    {
        try
        {
            protocol.ChildDataReceived(childFd, data);
        }
        catch (Exception failure)
        {
            reactor.Report(failure, "ChildDataReceived");
        }
    }

    private void PipeClosed(int childFd, Exception reason)
    {
        _open--;
        if (reason is WriteBufferExceededException)
            reactor.Report(reason, $"pipe {childFd} of {this}"); // ChildConnectionLost has no reason to tell it by
        Guarded(() => protocol.ChildConnectionLost(childFd), "ChildConnectionLost");
        EndWhenAllIsClosed();
    }

    private void EndWhenAllIsClosed()
    {
        if (_open > 0 || _reason is not { } reason || _ended)
            return;
        _ended = true;
        Guarded(() => protocol.ProcessEnded(reason), "ProcessEnded");
    }

    private Deferred KillAndWait()
    {
        if (_reason is not null || !child.Kill())
            return Deferred.Succeed();
        var killed = new Deferred();
        _killed = killed;
        // A process that the kernel cannot kill, for one that waits for a dead disk, must not hold the shutdown.
        IDelayedCall limit = reactor.CallLater(KillPatience, () => killed.Callback());
        return killed.Finally(() => limit.Cancel());
    }

    private void Guarded(Action callback, string source)
    {
        try
        {
            callback();
        }
        catch (Exception failure)
        {
            reactor.Report(failure, source);
        }
    }

    /// <summary>What a pipe's transport takes for a protocol.</summary>
    private sealed class PipeProtocol(ProcessTransport process, int childFd) : IProtocol
    {
        public void MakeConnection(ITransport transport) { }

        public void DataReceived(ReadOnlySpan<byte> data) => process.PipeReceived(childFd, data);

        public void ConnectionLost(Exception reason) => process.PipeClosed(childFd, reason);
    }
}

/// <summary>A child process with a terminal: one stream in both directions, told as descriptor 1.</summary>
internal sealed class TerminalTransport(ReactorBase reactor, IChildDriver child, IProcessProtocol protocol)
    : ProcessTransport(reactor, child, protocol), IPseudoTerminal
{
    private protected override int InputFd => 1;

    /// <summary>Input and output cannot be closed one without the other.</summary>
    public override void CloseStdin() { }

    public void Resize(TerminalSize size) => Child.Resize(size);
}
