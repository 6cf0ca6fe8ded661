namespace Twisted.Internet;

/// <summary>
/// Connects to a new process: its standard output is received, what is written it reads. Twisted:
/// <c>ProcessEndpoint</c>.
/// </summary>
/// <param name="reactor">A reactor that has processes.</param>
/// <param name="options">What to run and how; each connection runs it anew.</param>
public sealed class ProcessEndpoint(IReactorProcess reactor, ProcessOptions options) : IStreamClientEndpoint
{
    /// <summary>
    /// Makes what hears the child's standard error; without it the child's is ours. Twisted logs it.
    /// </summary>
    public Func<IProtocol>? Errors { get; init; }

    /// <inheritdoc/>
    /// <remarks>
    /// ConnectionLost comes when the process has ended: with ConnectionDone for exit code 0, otherwise with
    /// <see cref="ProcessTerminatedException"/>.
    /// </remarks>
    public Deferred<IProtocol> Connect(IProtocolFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return Deferred.Try(() => Deferred.Succeed(Start(factory)));
    }

    private IProtocol Start(IProtocolFactory factory)
    {
        factory.DoStart();
        try
        {
            IProtocol protocol = factory.BuildProtocol(new PipeEndPoint($"process {options.FileName}"))
                ?? throw new NoProtocolException();
            ChildProcess child = reactor.StartProcess(options, protocol, Errors?.Invoke());
            child.Ended.AddCallback(_ => factory.DoStop());
            return protocol;
        }
        catch
        {
            factory.DoStop();
            throw;
        }
    }
}
