namespace Twisted.Protocols.Finger;

/// <summary>Users that are kept in memory.</summary>
/// <param name="users">Their names and how they are.</param>
public sealed class MemoryUserDirectory(IReadOnlyDictionary<string, string> users) : IUserDirectory
{
    /// <inheritdoc/>
    public Deferred<string> Find(string user) => users.TryGetValue(user, out string? status)
        ? Deferred.Succeed(status)
        : Deferred.Fail<string>(new UserNotFoundException(user));

    /// <inheritdoc/>
    public Deferred<IReadOnlyList<string>> List() =>
        Deferred.Succeed<IReadOnlyList<string>>([.. users.Keys.Order(StringComparer.Ordinal)]);
}
