namespace Twisted.Cred;

/// <summary>The credentials are not right. It does not say what is wrong with them, on purpose.</summary>
/// <remarks>Twisted: <c>UnauthorizedLogin</c>.</remarks>
public sealed class UnauthorizedLoginException : LoginFailedException
{
    /// <summary>Always the same text: it must not tell whether there is such a name.</summary>
    public UnauthorizedLoginException() : base("Login refused: unknown name or wrong password.") { }
}
