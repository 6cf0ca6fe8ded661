using System.Runtime.InteropServices;

namespace Twisted.Internet;

// Child processes, standard input and output.
internal abstract partial class SystemDriver : IProcessDriver, IStandardIODriver
{
    public abstract IChildDriver Spawn(ProcessOptions options);

    public abstract ISocketDriver OpenStandardIO(SafeHandle? input, SafeHandle? output);
}
