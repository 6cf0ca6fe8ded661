using System.Net;

namespace Twisted.Internet;

/// <summary>
/// "Listens" on our own standard input and output: one connection, at once. Twisted: <c>StandardIOEndpoint</c>.
/// </summary>
/// <param name="reactor">A reactor that has standard input and output.</param>
public sealed class StandardIOEndpoint(IReactorStandardIO reactor) : IStreamServerEndpoint
{
    /// <inheritdoc/>
    /// <returns>Fires with a port that stands for the factory only: the connection ends by itself.</returns>
    public Deferred<IListeningPort> Listen(IProtocolFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return Deferred.Try(() => Deferred.Succeed<IListeningPort>(Open(factory)));
    }

    private StandardIOPort Open(IProtocolFactory factory)
    {
        factory.DoStart();
        try
        {
            IProtocol protocol = factory.BuildProtocol(PipeEndPoint.StandardIO) ?? throw new NoProtocolException();
            reactor.OpenStandardIO(protocol);
            return new StandardIOPort(factory);
        }
        catch
        {
            factory.DoStop();
            throw;
        }
    }

    /// <summary>What stands for a port: there is one connection, and it is made already.</summary>
    private sealed class StandardIOPort(IProtocolFactory factory) : IListeningPort
    {
        private bool _stopped;

        public EndPoint Host => PipeEndPoint.StandardIO;

        public void StartListening() => throw new InvalidOperationException(
            "Standard input and output are connected already. Make another StandardIOEndpoint.");

        public Deferred StopListening()
        {
            if (!_stopped)
            {
                _stopped = true;
                factory.DoStop();
            }
            return Deferred.Succeed();
        }

        public ValueTask DisposeAsync()
        {
            StopListening().Forget();
            return ValueTask.CompletedTask;
        }
    }
}
