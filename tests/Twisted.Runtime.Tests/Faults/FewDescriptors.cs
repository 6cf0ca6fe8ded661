using System.Runtime.InteropServices;
using Twisted.Faults;

namespace Twisted.Tests;

/// <summary>This process with all of its descriptors in use, until disposed. For tests that run alone.</summary>
internal sealed class FewDescriptors : IDisposable
{
    private const int Room = 32; // more than any one step of a test opens

    private readonly int _before = Reactor.DescriptorLimit!.Value;
    private readonly Stack<SafeHandle> _held = new();

    internal FewDescriptors()
    {
        int highest = Directory.GetFiles("/proc/self/fd").Max(path => int.Parse(Path.GetFileName(path)));
        Limit.SetDescriptors((ulong)(highest + 1 + Room));
        try
        {
            while (true)
                _held.Push(File.OpenHandle("/dev/null"));
        }
        catch (IOException)
        {
            // That was the last.
        }
    }

    /// <summary>Makes one more free.</summary>
    internal void FreeOne() => _held.Pop().Dispose();

    public void Dispose()
    {
        while (_held.Count > 0)
            FreeOne();
        Limit.SetDescriptors((ulong)_before);
    }
}
