namespace Twisted.Cred;

/// <summary>How a password is hashed for keeping. Both are PBKDF2 (RFC 8018), the slow hash that .NET has.</summary>
public enum PasswordAlgorithm
{
    /// <summary>PBKDF2 with HMAC-SHA-256: <c>$pbkdf2-sha256$</c>.</summary>
    Pbkdf2Sha256,

    /// <summary>PBKDF2 with HMAC-SHA-512: <c>$pbkdf2-sha512$</c>.</summary>
    Pbkdf2Sha512,
}
