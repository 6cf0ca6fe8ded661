namespace Twisted.Protocols.Finger;

/// <summary>There is no user of that name.</summary>
/// <param name="user">The name.</param>
public sealed class UserNotFoundException(string user) : Exception($"There is no user '{user}'.")
{
    /// <summary>The name.</summary>
    public string User => user;
}
