namespace Twisted.Cred;

/// <summary>A login failed, for whatever reason.</summary>
/// <remarks>Its text is for the log of the server. Twisted: <c>LoginFailed</c>.</remarks>
public class LoginFailedException : Exception
{
    /// <summary>A failed login.</summary>
    /// <param name="message">Why; without any secret.</param>
    public LoginFailedException(string message) : base(message) { }
}
