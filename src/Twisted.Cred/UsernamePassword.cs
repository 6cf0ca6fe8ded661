namespace Twisted.Cred;

/// <summary>A name and a password as they were typed.</summary>
/// <remarks>Twisted: <c>UsernamePassword</c>.</remarks>
public sealed class UsernamePassword : ICredentials
{
    /// <summary>A name and a password.</summary>
    /// <param name="username">The name.</param>
    /// <param name="password">The password.</param>
    public UsernamePassword(string username, string password)
    {
        ArgumentNullException.ThrowIfNull(username);
        ArgumentNullException.ThrowIfNull(password);
        Username = username;
        Password = password;
    }

    /// <inheritdoc/>
    public string Username { get; }

    /// <summary>The password. Do not log it, and compare it with <see cref="CheckPassword"/>.</summary>
    public string Password { get; }

    /// <summary>Whether it is this password; it takes the same time either way. Any thread.</summary>
    /// <param name="password">The right password.</param>
    public bool CheckPassword(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        return Secrets.AreEqual(Password, password);
    }

    /// <summary>The name, made safe to print.</summary>
    public override string ToString() => $"UsernamePassword {Printable.Name(Username)}";
}
