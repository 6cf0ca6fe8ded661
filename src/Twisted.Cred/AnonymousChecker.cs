namespace Twisted.Cred;

/// <summary>Lets everybody in as <see cref="AvatarId.Anonymous"/> who asks for that.</summary>
/// <remarks>Twisted: <c>AllowAnonymousAccess</c>.</remarks>
public sealed class AnonymousChecker : ICredentialsChecker
{
    /// <inheritdoc/>
    public IReadOnlyList<Type> CredentialTypes { get; } = [typeof(Anonymous)];

    /// <inheritdoc/>
    public Deferred<AvatarId> RequestAvatarId(ICredentials credentials) => Deferred.Succeed(AvatarId.Anonymous);
}
