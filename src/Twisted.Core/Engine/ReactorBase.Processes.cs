using System.Runtime.InteropServices;

namespace Twisted.Internet;

// Child processes, and standard input and output, of reactors whose drivers can.
internal partial class ReactorBase
{
    /// <summary>The child processes that have not ended yet.</summary>
    internal HashSet<ProcessTransport> Processes { get; } = [];

    private protected IProcessTransport SpawnProcess(
        IProcessDriver driver, IProcessProtocol protocol, ProcessOptions options)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentNullException.ThrowIfNull(options);
        EnsureNotShutDown("start a process");
        ProcessArguments.Check(options);
        IChildDriver child = driver.Spawn(options);
        ProcessTransport process = options.UsePty
            ? new TerminalTransport(this, child, protocol)
            : new ProcessTransport(this, child, protocol);
        process.Start(options.KillAtShutdown);
        return process;
    }

    private protected StreamTransport OpenStandardIO(
        IStandardIODriver driver, IProtocol protocol, SafeHandle? input, SafeHandle? output)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        EnsureNotShutDown("open standard input and output");
        var transport = new StreamTransport(this, driver.OpenStandardIO(input, output), NoOwner.Instance);
        transport.Start(protocol);
        return transport;
    }
}
