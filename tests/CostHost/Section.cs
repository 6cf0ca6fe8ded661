using System.Runtime.InteropServices;
using System.Text;

namespace Twisted.Costs;

/// <summary>
/// Marks what is stepped through for benchmarks/native/steps.c: a write to no descriptor, which does nothing else.
/// </summary>
internal sealed unsafe partial class Section(string name)
{
    private const int NoDescriptor = -1;

    private readonly byte[] _name = Encoding.ASCII.GetBytes(name);

    internal void Begin()
    {
        fixed (byte* name = _name)
            _ = Write(NoDescriptor, name, _name.Length);
    }

    internal void End() => _ = Write(NoDescriptor, null, 0);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int fd, byte* data, nint length);
}
