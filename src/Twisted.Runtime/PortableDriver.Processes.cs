using System.Runtime.InteropServices;

namespace Twisted.Internet;

// Child processes, standard input and output.
internal sealed partial class PortableDriver
{
    public override IChildDriver Spawn(ProcessOptions options) => PortableChild.Spawn(_queue, options);

    public override ISocketDriver OpenStandardIO(SafeHandle? input, SafeHandle? output) =>
        PortableStandardIO.Open(_queue, input, output);
}
