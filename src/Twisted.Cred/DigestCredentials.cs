namespace Twisted.Cred;

/// <summary>A digest that a client has sent (RFC 7616); <see cref="DigestCredentialFactory"/> makes it.</summary>
/// <remarks>Twisted: <c>DigestedCredentials</c>.</remarks>
public sealed class DigestCredentials : IUsernameHashedPassword, IUsernameDigestHash
{
    private readonly DigestAlgorithm _algorithm;
    private readonly Dictionary<string, string> _fields;

    internal DigestCredentials(string username, string method, string realm, DigestAlgorithm algorithm,
        Dictionary<string, string> fields)
    {
        Username = username;
        Method = method;
        Realm = realm;
        _algorithm = algorithm;
        _fields = fields;
    }

    /// <inheritdoc/>
    public string Username { get; }

    /// <summary>The request's method.</summary>
    public string Method { get; }

    /// <summary>The server's realm.</summary>
    public string Realm { get; }

    /// <summary>The target for which the digest was made: compare it with the request's.</summary>
    public string Uri => _fields["uri"];

    /// <summary>H(A1), which may be kept in place of a password. Who reads it can log in with it.</summary>
    /// <param name="algorithm">The algorithm of the challenges.</param>
    /// <param name="username">The name.</param>
    /// <param name="realm">The realm of the challenges.</param>
    /// <param name="password">The password.</param>
    public static string Hash(DigestAlgorithm algorithm, string username, string realm, string password) =>
        DigestMath.A1(algorithm, username, realm, password);

    /// <inheritdoc/>
    public bool CheckPassword(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        return CheckHash(DigestMath.A1(_algorithm, Username, Realm, password));
    }

    /// <inheritdoc/>
    public bool CheckHash(string digestHash)
    {
        ArgumentNullException.ThrowIfNull(digestHash);
        return Secrets.AreEqual(DigestMath.Response(_algorithm, digestHash, Method, _fields), _fields["response"]);
    }

    /// <summary>The name, made safe to print.</summary>
    public override string ToString() => $"DigestCredentials {Printable.Name(Username)}";
}
