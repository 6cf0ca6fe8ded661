using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Twisted.Internet;

#pragma warning disable CA1001 // its process is disposed by Close, the one end that it has

/// <summary>A child process by .NET's own Process: its three standard streams, and Kill.</summary>
internal sealed class PortableChild : IChildDriver, ICompletion
{
    private static readonly ChildDescriptor[] Standard =
        [ChildDescriptor.WritePipe, ChildDescriptor.ReadPipe, ChildDescriptor.ReadPipe];

    private readonly Process _process;
    private readonly List<ChildPipe> _pipes = [];
    private Action<ProcessExit>? _exited;
    private bool _isClosed;
    private bool _killed;

    private PortableChild(Process process) => _process = process;

    public int Pid { get; private set; }

    public IReadOnlyList<ChildPipe> Pipes => _pipes;

    internal static PortableChild Spawn(CompletionQueue queue, ProcessOptions options)
    {
        Refuse(options);
        var descriptors = new ChildDescriptor?[Standard.Length];
        for (int i = 0; i < Standard.Length; i++)
        {
            descriptors[i] = options.ChildDescriptors is null
                ? Standard[i]
                : options.ChildDescriptors.GetValueOrDefault(i);
        }
        var process = new Process { StartInfo = StartInfo(options, descriptors), EnableRaisingEvents = true };
        var child = new PortableChild(process);
        process.Exited += (_, _) => queue.Post(child);
        try
        {
            process.Start();
        }
        catch (Win32Exception failure)
        {
            process.Dispose();
            throw SpawnFailure.Of(options, new OsFailure(
                SocketError.SocketError, failure.NativeErrorCode, new Win32Exception(failure.NativeErrorCode).Message));
        }
        child.Pid = process.Id;
        child.OpenPipes(queue, descriptors, options.FileName);
        return child;
    }

    public void SetListener(Action<ProcessExit> exited) => _exited = exited;

    public bool Signal(PosixSignal signal) => (int)signal == LinuxProcess.SIGKILL
        ? Kill()
        : throw Unable($"send {signal}: only Kill", nameof(signal));

    public bool Kill()
    {
        if (_isClosed || _process.HasExited)
            return false;
        _killed = true;
        _process.Kill();
        return true;
    }

    public void Resize(TerminalSize size) => throw Unable("have terminals", nameof(size));

    public void Close()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        _exited = null;
        _process.Dispose();
    }

    /// <summary>The poll has taken the news of its end.</summary>
    public void End()
    {
        if (_isClosed)
            return;
        int code = _process.ExitCode;
        // .NET does not tell that a signal ended it; of ours we know.
        ProcessExit exit = _killed && code == 128 + LinuxProcess.SIGKILL
            ? new ProcessExit(null, LinuxProcess.SIGKILL)
            : new ProcessExit(code, null);
        Action<ProcessExit>? exited = _exited;
        foreach (ChildPipe pipe in _pipes)
        {
            if (pipe.Access == FileAccess.Write)
                ((PortablePipe)pipe.Stream).Break(); // .NET tells it only to those who write
        }
        exited?.Invoke(exit);
    }

    public void Abandon() { }

    private void OpenPipes(CompletionQueue queue, ChildDescriptor?[] descriptors, string fileName)
    {
        var name = new PipeEndPoint($"process {fileName}");
        for (int i = 0; i < Standard.Length; i++)
        {
            if (descriptors[i] == ChildDescriptor.Inherited)
                continue;
            Stream stream = i switch
            {
                0 => _process.StandardInput.BaseStream,
                1 => _process.StandardOutput.BaseStream,
                _ => _process.StandardError.BaseStream,
            };
            FileAccess access = i == 0 ? FileAccess.Write : FileAccess.Read;
            if (descriptors[i] is null)
                stream.Dispose(); // as near to a closed one as can be had
            else
                _pipes.Add(new ChildPipe(i, new PortablePipe(queue, stream, access, name), access));
        }
    }

    private static ProcessStartInfo StartInfo(ProcessOptions options, ChildDescriptor?[] descriptors)
    {
        var start = new ProcessStartInfo(options.FileName, options.Arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = descriptors[0] != ChildDescriptor.Inherited,
            RedirectStandardOutput = descriptors[1] != ChildDescriptor.Inherited,
            RedirectStandardError = descriptors[2] != ChildDescriptor.Inherited,
        };
        if (options.WorkingDirectory is { } folder)
            start.WorkingDirectory = folder;
        if (options.Environment is { } environment)
        {
            start.Environment.Clear();
            foreach ((string variable, string value) in environment)
                start.Environment[variable] = value;
        }
        return start;
    }

    private static void Refuse(ProcessOptions options)
    {
        if (options.UsePty)
            throw Unable("give a child a terminal", nameof(options));
        if (options.UserId is not null || options.GroupId is not null)
            throw Unable("run a child as another user", nameof(options));
        if (options.ArgumentZero is not null)
            throw Unable("give a child another name (ArgumentZero)", nameof(options));
        foreach ((int number, ChildDescriptor descriptor) in
            options.ChildDescriptors ?? new Dictionary<int, ChildDescriptor>())
        {
            if (number >= Standard.Length)
                throw Unable($"give a child descriptor {number}: only 0, 1 and 2", nameof(options));
            if (descriptor != Standard[number] && descriptor != ChildDescriptor.Inherited)
                throw Unable($"give a child such a descriptor {number}: only its usual pipe or ours", nameof(options));
        }
    }

    private static PlatformNotSupportedException Unable(string what, string option) =>
        new($"The portable reactor cannot {what} ({option}). On Linux use ReactorKind.Epoll.");
}
