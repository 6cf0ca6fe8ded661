using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Twisted.Daemon;

/// <summary>
/// What a daemon tells who started it: that it serves, or why it cannot. In the foreground there is nobody to tell.
/// </summary>
/// <remarks>One line over an inherited descriptor: "0", or "1 " and the reason, as Twisted's.</remarks>
internal sealed class StatusPipe : IDisposable
{
    /// <summary>The environment's name for the descriptor.</summary>
    internal const string Variable = "TWISTD_STATUS_FD";

    /// <summary>The descriptor's number in the child.</summary>
    internal const int Descriptor = 3;

    private FileStream? _parent;

    private StatusPipe(FileStream? parent) => _parent = parent;

    /// <summary>Whether somebody waits.</summary>
    internal bool IsDaemon => _parent is not null;

    /// <summary>Whether this process is a daemon that another one has started and waits for.</summary>
    internal static bool IsWaitedFor =>
        Environment.GetEnvironmentVariable(Variable) == Descriptor.ToString(CultureInfo.InvariantCulture);

    internal static StatusPipe OfProcess()
    {
        if (!IsWaitedFor)
            return new StatusPipe(null);
        Environment.SetEnvironmentVariable(Variable, null); // not for children of ours
        return new StatusPipe(new FileStream(new SafeFileHandle(Descriptor, ownsHandle: true), FileAccess.Write, 0));
    }

    internal void Succeeded() => Tell("0\n");

    internal void Failed(string reason) => Tell($"1 {reason.ReplaceLineEndings(" ")}\n");

    public void Dispose() => _parent?.Dispose();

    private void Tell(string line)
    {
        if (_parent is not { } parent)
            return;
        _parent = null;
        using (parent)
        {
            try
            {
                parent.Write(Encoding.UTF8.GetBytes(line));
            }
            catch (IOException)
            {
                // Who started us has gone: the log has it, too.
            }
        }
    }
}
