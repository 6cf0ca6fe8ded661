namespace Twisted.Protocols.Finger;

/// <summary>Knows how the users are.</summary>
public interface IUserDirectory
{
    /// <summary>The status of a user; fails with <see cref="UserNotFoundException"/>.</summary>
    /// <param name="user">The name.</param>
    Deferred<string> Find(string user);

    /// <summary>The names of all users who may be listed.</summary>
    Deferred<IReadOnlyList<string>> List();
}
