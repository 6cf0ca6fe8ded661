namespace Twisted.Cred;

/// <summary>
/// A name, and a proof that its owner knows the password. To judge it a checker needs the password itself.
/// </summary>
/// <remarks>
/// <see cref="CramMd5Credentials"/> and <see cref="DigestCredentials"/> are such. Twisted:
/// <c>IUsernameHashedPassword</c>.
/// </remarks>
public interface IUsernameHashedPassword : ICredentials
{
    /// <summary>Whether the proof was made with this password. Any thread; it takes the same time either way.</summary>
    /// <param name="password">The right password.</param>
    bool CheckPassword(string password);
}
