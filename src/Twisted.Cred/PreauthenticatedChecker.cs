namespace Twisted.Cred;

/// <summary>Takes the program's word for who somebody is.</summary>
public sealed class PreauthenticatedChecker : ICredentialsChecker
{
    /// <inheritdoc/>
    public IReadOnlyList<Type> CredentialTypes { get; } = [typeof(Preauthenticated)];

    /// <inheritdoc/>
    public Deferred<AvatarId> RequestAvatarId(ICredentials credentials) =>
        Deferred.Succeed(((Preauthenticated)credentials).AvatarId);
}
