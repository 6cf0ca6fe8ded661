namespace Twisted.Cred;

/// <summary>What somebody shows to log in. Its type says which checkers can judge it.</summary>
/// <remarks>
/// <see cref="object.ToString"/> of credentials tells the name at most, never a secret: they may be logged. Twisted:
/// <c>ICredentials</c>.
/// </remarks>
public interface ICredentials
{
    /// <summary>The name that is claimed, not checked yet; null where there is none.</summary>
    string? Username { get; }
}
