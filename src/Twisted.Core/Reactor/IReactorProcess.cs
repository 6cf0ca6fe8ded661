namespace Twisted.Internet;

/// <summary>Child processes. Reactor thread only. Twisted: <c>IReactorProcess</c>.</summary>
public interface IReactorProcess
{
    /// <summary>Starts a process whose pipes are read and written by a protocol.</summary>
    /// <param name="protocol">What hears of it.</param>
    /// <param name="options">What to run and how.</param>
    IProcessTransport SpawnProcess(IProcessProtocol protocol, ProcessOptions options);
}
