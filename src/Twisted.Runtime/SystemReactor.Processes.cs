using System.Runtime.InteropServices;

namespace Twisted.Internet;

// IReactorProcess, IReactorStandardIO.
internal partial class SystemReactor : IReactorProcess, IReactorStandardIO
{
    public IProcessTransport SpawnProcess(IProcessProtocol protocol, ProcessOptions options) =>
        SpawnProcess(_system, protocol, options);

    public ITransport OpenStandardIO(IProtocol protocol, SafeHandle? input = null, SafeHandle? output = null) =>
        OpenStandardIO(_system, protocol, input, output);
}
