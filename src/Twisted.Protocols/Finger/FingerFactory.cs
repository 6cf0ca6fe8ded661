using System.Net;

namespace Twisted.Protocols.Finger;

/// <summary>Finger servers over one directory. Twisted: the factory of the finger tutorial.</summary>
/// <param name="users">Knows the users.</param>
/// <param name="reactor">The clock of the deadline.</param>
public sealed class FingerFactory(IUserDirectory users, IReactorTime reactor) : ServerFactory
{
    /// <summary>How long a client may take for its query and its answer.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public override IProtocol BuildProtocol(EndPoint peer) => new FingerProtocol(users, reactor, Deadline);
}
