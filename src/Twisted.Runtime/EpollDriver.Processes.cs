using System.Runtime.InteropServices;

namespace Twisted.Internet;

// Child processes, standard input and output.
internal sealed partial class EpollDriver
{
    public override IChildDriver Spawn(ProcessOptions options) => EpollChild.Spawn(_poller, options);

    public override ISocketDriver OpenStandardIO(SafeHandle? input, SafeHandle? output) =>
        EpollStandardIO.Open(_poller, input, output);
}
