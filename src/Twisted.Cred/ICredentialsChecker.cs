namespace Twisted.Cred;

/// <summary>Judges credentials: who is that?</summary>
/// <remarks>Reactor thread only. Twisted: <c>ICredentialsChecker</c>.</remarks>
public interface ICredentialsChecker
{
    /// <summary>The types of credentials, classes or interfaces, that it can judge.</summary>
    IReadOnlyList<Type> CredentialTypes { get; }

    /// <summary>Judges.</summary>
    /// <param name="credentials">Of one of the <see cref="CredentialTypes"/>.</param>
    /// <returns>
    /// Who it is. It fails with <see cref="UnauthorizedLoginException"/> when they are not right, which must not tell
    /// what about them is wrong.
    /// </returns>
    Deferred<AvatarId> RequestAvatarId(ICredentials credentials);
}
