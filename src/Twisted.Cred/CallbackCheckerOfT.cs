namespace Twisted.Cred;

/// <summary>A checker that is a function: for users in a database, a directory, another service.</summary>
/// <typeparam name="TCredentials">What it judges.</typeparam>
/// <remarks>
/// There is no checker of the system's own users (PAM, shadow): reading their hashes needs root. Twisted:
/// <c>PluggableAuthenticationModulesChecker</c> and <c>UNIXPasswordDatabase</c>, which this takes the place of.
/// </remarks>
public sealed class CallbackChecker<TCredentials> : ICredentialsChecker where TCredentials : ICredentials
{
    private readonly Func<TCredentials, Deferred<AvatarId>> _check;

    /// <summary>A checker.</summary>
    /// <param name="check">
    /// Says who it is, or fails with <see cref="UnauthorizedLoginException"/>. It must not take longer for names that
    /// there are; see <see cref="Passwords.VerifyNothing"/>.
    /// </param>
    public CallbackChecker(Func<TCredentials, Deferred<AvatarId>> check)
    {
        ArgumentNullException.ThrowIfNull(check);
        _check = check;
    }

    /// <inheritdoc/>
    public IReadOnlyList<Type> CredentialTypes { get; } = [typeof(TCredentials)];

    /// <inheritdoc/>
    public Deferred<AvatarId> RequestAvatarId(ICredentials credentials) => _check((TCredentials)credentials);
}
