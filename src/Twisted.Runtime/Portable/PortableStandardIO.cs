using System.Net;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Twisted.Internet;

/// <summary>Standard input and output as one stream, over .NET's.</summary>
internal sealed class PortableStandardIO : ISocketDriver
{

    private readonly PortablePipe _input;
    private readonly PortablePipe _output;
    private readonly List<SafeHandle> _held = [];

    private PortableStandardIO(PortablePipe input, PortablePipe output)
    {
        _input = input;
        _output = output;
    }

    public EndPoint Host => PipeEndPoint.StandardIO;

    public EndPoint Peer => PipeEndPoint.StandardIO;

    public OsFailure Failure { get; private set; }

    public bool NoDelay { get; set; }

    public bool KeepAlive { get; set; }

    internal static PortableStandardIO Open(CompletionQueue queue, SafeHandle? input, SafeHandle? output)
    {
        // Elsewhere than on Windows the console of .NET takes a terminal over: its keys, its colours, its signals.
        Stream reading = input is not null ? StreamOf(input.DangerousGetHandle(), FileAccess.Read)
            : OperatingSystem.IsWindows() ? Console.OpenStandardInput()
            : StreamOf(0, FileAccess.Read);
        Stream writing = output is not null ? StreamOf(output.DangerousGetHandle(), FileAccess.Write)
            : OperatingSystem.IsWindows() ? Console.OpenStandardOutput()
            : StreamOf(1, FileAccess.Write);
        var opened = new PortableStandardIO(
            new PortablePipe(queue, reading, FileAccess.Read, PipeEndPoint.StandardIO),
            new PortablePipe(queue, writing, FileAccess.Write, PipeEndPoint.StandardIO));
        opened.Hold(input);
        opened.Hold(output);
        return opened;
    }

    public bool SetInterest(ISocketEvents events, bool read, bool write) =>
        _input.SetInterest(events, read, write: false) && _output.SetInterest(events, read: false, write);

    public bool FinishConnecting() => true;

    public int Receive(Span<byte> buffer)
    {
        int count = _input.Receive(buffer);
        Failure = _input.Failure;
        return count;
    }

    public int Send(ReadOnlySpan<byte> data)
    {
        int count = _output.Send(data);
        Failure = _output.Failure;
        return count;
    }

    public int FinishSending()
    {
        int result = _output.FinishSending();
        Failure = _output.Failure;
        return result;
    }

    public void ShutdownSend() => _output.ShutdownSend();

    public void Close(bool abort)
    {
        _input.Close(abort);
        _output.Close(abort);
        foreach (SafeHandle handle in _held)
            handle.DangerousRelease();
        _held.Clear();
    }

    /// <summary>The number is used until the end: it must not become another file's before.</summary>
    private void Hold(SafeHandle? handle)
    {
        bool held = false;
        handle?.DangerousAddRef(ref held);
        if (held)
            _held.Add(handle!);
    }

    private static FileStream StreamOf(nint handle, FileAccess access) =>
        new(new SafeFileHandle(handle, ownsHandle: false), access, bufferSize: 0);
}
