namespace Twisted.Cred;

/// <summary>Names and passwords in memory, as plain text: for tests and examples.</summary>
/// <remarks>
/// Use <see cref="FileChecker"/> for anything that strangers can reach. Twisted:
/// <c>InMemoryUsernamePasswordDatabaseDontUse</c>.
/// </remarks>
public sealed class InsecureMemoryChecker : ICredentialsChecker
{
    private readonly Dictionary<string, string> _passwords = new(StringComparer.Ordinal);

    /// <summary>A checker.</summary>
    /// <param name="users">Names and passwords.</param>
    public InsecureMemoryChecker(params IEnumerable<(string Name, string Password)> users)
    {
        ArgumentNullException.ThrowIfNull(users);
        foreach ((string name, string password) in users)
            AddUser(name, password);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Type> CredentialTypes { get; } = [typeof(UsernamePassword), typeof(IUsernameHashedPassword)];

    /// <summary>Adds a user, or gives one another password.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="password">The password.</param>
    public void AddUser(string name, string password)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(password);
        _passwords[name] = password;
    }

    /// <inheritdoc/>
    public Deferred<AvatarId> RequestAvatarId(ICredentials credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        string name = credentials.Username ?? "";
        bool isKnown = _passwords.TryGetValue(name, out string? password);
        bool isRight = credentials switch // for unknown names too: their answer takes as long
        {
            UsernamePassword plain => plain.CheckPassword(password ?? ""),
            IUsernameHashedPassword hashed => hashed.CheckPassword(password ?? ""),
            _ => false,
        };
        return isKnown & isRight
            ? Deferred.Succeed(new AvatarId(name))
            : Deferred.Fail<AvatarId>(new UnauthorizedLoginException());
    }
}
