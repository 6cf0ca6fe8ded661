namespace Twisted.Cred;

/// <summary>The portal has no checker for this type of credentials: a mistake in the server's configuration.</summary>
/// <remarks>Twisted: <c>UnhandledCredentials</c>.</remarks>
public sealed class UnhandledCredentialsException : LoginFailedException
{
    internal UnhandledCredentialsException(ICredentials credentials, IReadOnlyList<Type> known)
        : base($"No checker of this portal takes {credentials.GetType().Name}; its checkers take "
            + $"{Printable.Types(known)}. Register one that does.")
    { }
}
