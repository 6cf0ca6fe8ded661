using System.Net;

namespace Twisted.Cred;

/// <summary>
/// Where protocols log users in: it asks the checkers who somebody is, then the realm for an avatar. Protocols know
/// neither.
/// </summary>
/// <remarks>Reactor thread only. Twisted: <c>Portal</c>.</remarks>
public sealed class Portal
{
    private readonly List<(Type Type, ICredentialsChecker Checker)> _checkers = [];

    /// <summary>A portal.</summary>
    /// <param name="realm">Makes the avatars.</param>
    /// <param name="checkers">Judge credentials; see <see cref="RegisterChecker"/>.</param>
    public Portal(IRealm realm, params IEnumerable<ICredentialsChecker> checkers)
    {
        ArgumentNullException.ThrowIfNull(realm);
        ArgumentNullException.ThrowIfNull(checkers);
        Realm = realm;
        foreach (ICredentialsChecker checker in checkers)
            RegisterChecker(checker);
    }

    /// <summary>Makes the avatars.</summary>
    public IRealm Realm { get; }

    /// <summary>Limits guesses; none unless set.</summary>
    public LoginRateLimit? RateLimit { get; init; }

    /// <summary>
    /// The types of credentials that can be used here. Twisted: <c>listCredentialsInterfaces</c>.
    /// </summary>
    public IReadOnlyList<Type> CredentialTypes => [.. _checkers.Select(entry => entry.Type).Distinct()];

    /// <summary>Adds a checker. Those of the same type are asked in turn until one does not refuse.</summary>
    /// <param name="checker">The checker.</param>
    /// <param name="credentialTypes">What it shall judge; all that it can unless given.</param>
    public void RegisterChecker(ICredentialsChecker checker, params IReadOnlyList<Type> credentialTypes)
    {
        ArgumentNullException.ThrowIfNull(checker);
        ArgumentNullException.ThrowIfNull(credentialTypes);
        foreach (Type type in credentialTypes.Count > 0 ? credentialTypes : checker.CredentialTypes)
            _checkers.Add((type, checker));
    }

    /// <summary>Logs in.</summary>
    /// <typeparam name="TAvatar">What the protocol wants to talk to.</typeparam>
    /// <param name="credentials">What the user has shown.</param>
    /// <param name="mind">For the realm: the client's end of the conversation; often null.</param>
    /// <param name="source">Where the user comes from, for <see cref="RateLimit"/>: the transport's Peer.</param>
    /// <returns>
    /// The avatar and the way out. It fails with <see cref="UnauthorizedLoginException"/> when name or password are
    /// wrong, and with other kinds of <see cref="LoginFailedException"/>. Tell the user of none but that it failed.
    /// </returns>
    public Deferred<Login<TAvatar>> Login<TAvatar>(
        ICredentials credentials, object? mind = null, EndPoint? source = null) where TAvatar : class =>
        Login(credentials, mind, source, typeof(TAvatar)).AddCallback(login => (Login<TAvatar>)login);

    /// <summary>Logs in, for a protocol that can talk to avatars of several types.</summary>
    /// <param name="credentials">What the user has shown.</param>
    /// <param name="mind">For the realm: the client's end of the conversation; often null.</param>
    /// <param name="source">Where the user comes from, for <see cref="RateLimit"/>: the transport's Peer.</param>
    /// <param name="interfaces">The types, the most wanted first; the result says which it is.</param>
    /// <returns>As the other one.</returns>
    public Deferred<Login> Login(
        ICredentials credentials, object? mind, EndPoint? source, params IReadOnlyList<Type> interfaces)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        ArgumentNullException.ThrowIfNull(interfaces);
        ArgumentOutOfRangeException.ThrowIfZero(interfaces.Count, nameof(interfaces));
        ICredentialsChecker[] checkers =
            [.. _checkers.Where(entry => entry.Type.IsInstanceOfType(credentials)).Select(entry => entry.Checker)];
        return checkers.Length == 0
            ? Deferred.Fail<Login>(new UnhandledCredentialsException(credentials, CredentialTypes))
            : Enter(checkers, credentials, mind, source, interfaces);
    }

    private async Deferred<Login> Enter(ICredentialsChecker[] checkers, ICredentials credentials, object? mind,
        EndPoint? source, IReadOnlyList<Type> interfaces)
    {
        AvatarId avatarId = RateLimit is { } limit
            ? await limit.Run(credentials.Username, source, () => Ask(checkers, credentials))
            : await Ask(checkers, credentials);
        Login login = await Realm.RequestAvatar(avatarId, mind, interfaces);
        if (interfaces.Contains(login.Interface))
            return login;
        await login.Logout();
        throw new InvalidOperationException(
            $"The realm gave a {login.Interface.Name} where {Printable.Types(interfaces)} was asked for.");
    }

    /// <summary>The first that does not refuse. Each costs the same for known and unknown names, so all do.</summary>
    private static async Deferred<AvatarId> Ask(ICredentialsChecker[] checkers, ICredentials credentials)
    {
        for (int i = 0; i < checkers.Length - 1; i++)
        {
            try
            {
                return Valid(await checkers[i].RequestAvatarId(credentials));
            }
            catch (UnauthorizedLoginException)
            {
                // the next one may know better
            }
        }
        return Valid(await checkers[^1].RequestAvatarId(credentials));
    }

    private static AvatarId Valid(AvatarId? avatarId) => avatarId
        ?? throw new InvalidOperationException("A checker gave null instead of an AvatarId: nobody is let in by that.");
}
