namespace Twisted.Cred;

/// <summary>The credentials may be right, but the user may not come in, or not now.</summary>
/// <remarks>A realm may fail with it. Twisted: <c>LoginDenied</c>.</remarks>
public class LoginDeniedException : LoginFailedException
{
    /// <summary>A denied login.</summary>
    /// <param name="message">Why.</param>
    public LoginDeniedException(string message) : base(message) { }
}
