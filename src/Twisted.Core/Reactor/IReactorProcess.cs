namespace Twisted.Internet;

/// <summary>Child processes. Reactor thread only. Twisted: <c>IReactorProcess</c>.</summary>
public interface IReactorProcess
{
    /// <summary>Starts a process whose pipes are read and written by a protocol.</summary>
    /// <param name="protocol">What hears of it.</param>
    /// <param name="options">What to run and how.</param>
    /// <returns>The process; the protocol's MakeConnection has run.</returns>
    /// <exception cref="CannotSpawnException">The program cannot be run, or there are no descriptors left.</exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="PlatformNotSupportedException">This reactor cannot do what the options ask for.</exception>
    IProcessTransport SpawnProcess(IProcessProtocol protocol, ProcessOptions options);
}
