using System.Collections;
using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>One call of posix_spawn: its memory, its structures, and what they say.</summary>
internal sealed unsafe class SpawnCall : IDisposable
{
    private static readonly bool HasCloseFrom =
        NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(),
            "posix_spawn_file_actions_addclosefrom_np", out _);

    private readonly List<nint> _memory = [];
    private readonly byte* _actions;
    private readonly byte* _attributes;

    internal SpawnCall()
    {
        _actions = Allocate(LinuxProcess.SpawnBytes);
        _attributes = Allocate(LinuxProcess.SpawnBytes);
        _ = Libc.SpawnActionsInit(_actions);
        _ = Libc.SpawnAttributesInit(_attributes);
    }

    /// <summary>Starts the program.</summary>
    /// <returns>The process id.</returns>
    /// <exception cref="CannotSpawnException">There is no process.</exception>
    internal int Run(ProcessOptions options, ChildEnds ends)
    {
        (string file, IReadOnlyList<string> arguments) = Command(options);
        AddDescriptors(ends);
        if (options.WorkingDirectory is { } folder)
            _ = Libc.SpawnChangeFolder(_actions, Text(folder));
        SetSignals(newSession: ends.Terminal is not null);
        int pid = 0;
        int error = Libc.Spawn(&pid, Text(file), _actions, _attributes, Texts(arguments),
            Texts(Environment(options)));
        return error == 0 ? pid : throw SpawnFailure.Of(options, Errno.Failure(error));
    }

    public void Dispose()
    {
        _ = Libc.SpawnActionsDestroy(_actions);
        _ = Libc.SpawnAttributesDestroy(_attributes);
        foreach (nint memory in _memory)
            NativeMemory.Free((void*)memory);
    }

    private void AddDescriptors(ChildEnds ends)
    {
        int above = 0;
        if (ends.Terminal is { } terminal)
        {
            // The session leader's first terminal becomes the one that controls it.
            _ = Libc.SpawnOpen(_actions, 0, Text(terminal), LinuxProcess.O_RDWR, 0);
            _ = Libc.SpawnDuplicate(_actions, 0, 1);
            _ = Libc.SpawnDuplicate(_actions, 0, 2);
            above = 3;
        }
        foreach ((int source, int target) in ends.Given)
        {
            _ = Libc.SpawnDuplicate(_actions, source, target);
            above = Math.Max(above, target + 1);
        }
        // What we have opened ourselves closes by itself; what we were started with does not.
        for (int gap = 0; gap < above && ends.Terminal is null; gap++)
        {
            if (!ends.Given.Exists(given => given.Target == gap))
                _ = Libc.SpawnClose(_actions, gap);
        }
        if (HasCloseFrom)
            _ = Libc.SpawnCloseFrom(_actions, above);
    }

    /// <summary>
    /// .NET ignores SIGPIPE, and a program inherits what is ignored and what is blocked: it is to find neither.
    /// </summary>
    private void SetSignals(bool newSession)
    {
        byte* set = Allocate(LinuxProcess.SignalSetBytes);
        _ = Libc.SpawnSetSignalMask(_attributes, set);
        new Span<byte>(set, LinuxProcess.SignalSetBytes).Fill(0xFF);
        _ = Libc.SpawnSetDefaultSignals(_attributes, set);
        int flags = LinuxProcess.POSIX_SPAWN_SETSIGDEF | LinuxProcess.POSIX_SPAWN_SETSIGMASK;
        if (newSession)
            flags |= LinuxProcess.POSIX_SPAWN_SETSID;
        _ = Libc.SpawnSetFlags(_attributes, (short)flags);
    }

    /// <summary>The program and its arguments, by way of setpriv when it is to run as somebody else.</summary>
    private static (string File, IReadOnlyList<string> Arguments) Command(ProcessOptions options)
    {
        if (options is { UserId: null, GroupId: null })
            return (options.FileName, [options.ArgumentZero ?? options.FileName, .. options.Arguments]);
        string wrapper = ProgramSearch.Find("setpriv", folder: null) ?? throw new CannotSpawnException(
            $"Couldn't run {options.FileName} as another user: there is no setpriv in the PATH. Install util-linux.");
        // setpriv would only say so when it runs.
        if (ProgramSearch.Find(options.FileName, options.WorkingDirectory) is null)
            throw FailureText.Spawning(options.FileName, Errno.Failure(LinuxProcess.ENOENT));
        List<string> arguments = ["setpriv", "--clear-groups"];
        if (options.UserId is { } user)
            arguments.Add($"--reuid={user}");
        if (options.GroupId is { } group)
            arguments.Add($"--regid={group}");
        return (wrapper, [.. arguments, "--", options.FileName, .. options.Arguments]);
    }

    private static List<string> Environment(ProcessOptions options)
    {
        if (options.Environment is { } own)
            return [.. own.Select(variable => $"{variable.Key}={variable.Value}")];
        var inherited = new List<string>();
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
            inherited.Add($"{variable.Key}={variable.Value}");
        return inherited;
    }

    private byte** Texts(IReadOnlyList<string> texts)
    {
        var pointers = (byte**)Allocate((texts.Count + 1) * sizeof(byte*)); // ends with null
        for (int i = 0; i < texts.Count; i++)
            pointers[i] = Text(texts[i]);
        return pointers;
    }

    private byte* Text(string text)
    {
        int length = System.Text.Encoding.UTF8.GetByteCount(text);
        byte* bytes = Allocate(length + 1); // ends with 0
        System.Text.Encoding.UTF8.GetBytes(text, new Span<byte>(bytes, length));
        return bytes;
    }

    private byte* Allocate(int length)
    {
        var bytes = (byte*)NativeMemory.AllocZeroed((nuint)length);
        _memory.Add((nint)bytes);
        return bytes;
    }
}
