namespace Twisted.Internet;

/// <summary>Processes whose streams are heard by ordinary protocols.</summary>
public static class ChildProcessExtensions
{
    extension(IReactorProcess reactor)
    {
        /// <summary>Starts a process as a connection: what it writes is received, what is written it reads.</summary>
        /// <param name="options">What to run and how.</param>
        /// <param name="protocol">
        /// Its transport's LoseWriteConnection (<see cref="IHalfCloseable"/>) closes standard input, LoseConnection all
        /// pipes, AbortConnection kills. ConnectionLost comes when the process has ended.
        /// </param>
        /// <param name="errors">Hears standard error; null leaves the child ours.</param>
        /// <exception cref="CannotSpawnException">The program cannot be run.</exception>
        public ChildProcess StartProcess(ProcessOptions options, IProtocol protocol, IProtocol? errors = null)
        {
            ArgumentNullException.ThrowIfNull(reactor);
            ArgumentNullException.ThrowIfNull(options);
            ArgumentNullException.ThrowIfNull(protocol);
            if (options is { UsePty: false, ChildDescriptors: null } && errors is null)
                options = options with { ChildDescriptors = WithoutErrors };
            var name = new PipeEndPoint($"process {options.FileName}");
            var connection = new ProcessConnection(reactor, name, protocol, errors);
            IProcessTransport process = reactor.SpawnProcess(connection, options);
            return new ChildProcess(process, connection.Ended);
        }
    }

    private static Dictionary<int, ChildDescriptor> WithoutErrors { get; } = new()
    {
        [0] = ChildDescriptor.WritePipe,
        [1] = ChildDescriptor.ReadPipe,
        [2] = ChildDescriptor.Inherited,
    };
}
