using System.Security.Cryptography;

namespace Twisted.Cred;

/// <summary>What a server says after "Digest " in WWW-Authenticate (RFC 7616), and a client's answer to it.</summary>
/// <param name="Realm">What the user is told to log in to.</param>
/// <param name="Nonce">For once.</param>
/// <param name="Opaque">Comes back with the answer.</param>
/// <param name="Algorithm">The hash.</param>
public sealed record DigestChallenge(string Realm, string Nonce, string Opaque, DigestAlgorithm Algorithm)
{
    /// <summary>Takes what stands after "Digest ".</summary>
    /// <param name="text">The fields.</param>
    /// <exception cref="LoginFailedException">It is malformed, or of an algorithm or qop that is not known.</exception>
    public static DigestChallenge Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Dictionary<string, string> fields = DigestFields.Parse(text);
        if (!fields.TryGetValue("realm", out string? realm) || !fields.TryGetValue("nonce", out string? nonce))
            throw new LoginFailedException("Malformed digest challenge: expected realm and nonce.");
        if (fields.TryGetValue("qop", out string? qop) && !qop.Split(',', StringSplitOptions.TrimEntries)
            .Contains("auth", StringComparer.OrdinalIgnoreCase))
            throw new LoginFailedException("Only the qop auth is known.");
        return new(realm, nonce, fields.GetValueOrDefault("opaque", ""), fields.GetValueOrDefault("algorithm", "MD5")
            .ToUpperInvariant() switch
        {
            "MD5" => DigestAlgorithm.Md5,
            "SHA-256" => DigestAlgorithm.Sha256,
            _ => throw new LoginFailedException("Only the algorithms MD5 and SHA-256 are known."),
        });
    }

    /// <summary>The client's side: what to say after "Digest " in Authorization.</summary>
    /// <param name="username">The name.</param>
    /// <param name="password">The password.</param>
    /// <param name="method">The request's method: GET.</param>
    /// <param name="uri">The request's target, as it is sent.</param>
    /// <param name="clientNonce">Something random unless given.</param>
    /// <param name="count">The how manieth answer with this nonce it is.</param>
    public string Respond(string username, string password, string method, string uri, string? clientNonce = null,
        int count = 1)
    {
        ArgumentNullException.ThrowIfNull(username);
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(uri);
        var fields = new Dictionary<string, string>
        {
            ["uri"] = uri,
            ["nonce"] = Nonce,
            ["nc"] = $"{count:x8}",
            ["cnonce"] = clientNonce ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            ["qop"] = "auth",
        };
        string response = DigestMath.Response(
            Algorithm, DigestMath.A1(Algorithm, username, Realm, password), method, fields);
        return $"username={DigestFields.Quote(username)}, realm={DigestFields.Quote(Realm)}, "
            + $"nonce={DigestFields.Quote(Nonce)}, uri={DigestFields.Quote(uri)}, "
            + $"algorithm={DigestMath.NameOf(Algorithm)}, qop=auth, nc={fields["nc"]}, "
            + $"cnonce={DigestFields.Quote(fields["cnonce"])}, response=\"{response}\", "
            + $"opaque={DigestFields.Quote(Opaque)}";
    }

    /// <summary>The server's side: what to say after "Digest " in WWW-Authenticate.</summary>
    public override string ToString() =>
        $"realm={DigestFields.Quote(Realm)}, nonce={DigestFields.Quote(Nonce)}, qop=\"auth\", "
        + $"algorithm={DigestMath.NameOf(Algorithm)}, opaque={DigestFields.Quote(Opaque)}";
}
