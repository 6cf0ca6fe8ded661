using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary>The ground of the fault tests: the contracts' reactor, and clients in numbers.</summary>
public abstract class FaultTests : ReactorContract
{
    /// <summary>The reactor that is tested; the suites for another one derive from those for this.</summary>
    protected virtual ReactorKind Kind => ReactorKind.Epoll;

    protected override IReactor CreateReactor() => TestReactors.Create(Kind);

    /// <summary>Starts connecting; the probe tells the rest.</summary>
    protected static Probe Dial(IReactor reactor, int port, Probe? client = null)
    {
        client ??= new Probe();
        reactor.ConnectTcp("127.0.0.1", port, new ProbeClientFactory(client));
        return client;
    }

}
