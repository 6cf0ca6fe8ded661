using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Twisted.Cred;

/// <summary>Digest logins (RFC 7616), the server's side: makes challenges, takes answers.</summary>
/// <remarks>
/// It keeps nothing: the opaque field says, sealed with a secret of this factory, when and for which client a nonce was
/// made. So an answer can be used again within <see cref="Lifetime"/> by the same client: use TLS. The algorithms with
/// -sess and qop=auth-int are not there. Reactor thread only. Twisted: <c>DigestCredentialFactory</c>.
/// </remarks>
public sealed class DigestCredentialFactory
{
    private static readonly string[] Needed = ["username", "nonce", "opaque", "uri", "response"];

    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private readonly IReactorTime _reactor;

    /// <summary>A factory.</summary>
    /// <param name="reactor">The clock.</param>
    /// <param name="realm">What users are told to log in to; printable ASCII.</param>
    /// <param name="algorithm">The algorithm.</param>
    public DigestCredentialFactory(
        IReactorTime reactor, string realm, DigestAlgorithm algorithm = DigestAlgorithm.Sha256)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        ArgumentNullException.ThrowIfNull(realm);
        if (realm.Any(c => c is < ' ' or > '~'))
            throw new ArgumentException("A realm has printable ASCII characters only.", nameof(realm));
        _reactor = reactor;
        Realm = realm;
        Algorithm = algorithm;
    }

    /// <summary>What users are told to log in to.</summary>
    public string Realm { get; }

    /// <summary>The algorithm. An answer with another one is refused.</summary>
    public DigestAlgorithm Algorithm { get; }

    /// <summary>How long a challenge may be answered: 15 minutes unless set.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A new challenge.</summary>
    /// <param name="address">The client's address, which alone may answer; null or empty where there is none.</param>
    public DigestChallenge GetChallenge(string? address = null)
    {
        string nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        string made = _reactor.Now.Ticks.ToString(CultureInfo.InvariantCulture);
        return new DigestChallenge(Realm, nonce, $"{made}-{Seal(made, nonce, address)}", Algorithm);
    }

    /// <summary>Takes an answer. Whether its password is right is not known yet: log in with it.</summary>
    /// <param name="response">What stands after "Digest " in Authorization.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="address">The client's address, as it was given to <see cref="GetChallenge"/>.</param>
    /// <exception cref="LoginFailedException">
    /// It is malformed, or no answer to a challenge of this factory, of this client and of late.
    /// </exception>
    public DigestCredentials Decode(string response, string method, string? address = null)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(method);
        Dictionary<string, string> fields = DigestFields.Parse(response);
        foreach (string name in Needed)
        {
            if (!fields.TryGetValue(name, out string? value) || value.Length == 0)
                throw new LoginFailedException($"The digest has no {name}.");
        }
        CheckOpaque(fields["opaque"], fields["nonce"], address);
        CheckKind(fields);
        if (fields.GetValueOrDefault("realm", Realm) != Realm)
            throw new LoginFailedException("The digest is for another realm.");
        fields["response"] = fields["response"].ToLowerInvariant();
        return new DigestCredentials(fields["username"], method, Realm, Algorithm, fields);
    }

    /// <summary>The client must not choose a weaker algorithm than we asked for.</summary>
    private void CheckKind(Dictionary<string, string> fields)
    {
        string algorithm = fields.GetValueOrDefault("algorithm", "MD5"); // RFC 7616, section 3.4
        if (!algorithm.Equals(DigestMath.NameOf(Algorithm), StringComparison.OrdinalIgnoreCase))
            throw new LoginFailedException($"The digest is not of {DigestMath.NameOf(Algorithm)}, as was asked.");
        bool hasCounts = fields.ContainsKey("nc") && fields.ContainsKey("cnonce");
        if (fields.TryGetValue("qop", out string? qop) ? qop != "auth" || !hasCounts : Algorithm != DigestAlgorithm.Md5)
            throw new LoginFailedException("The digest needs qop=auth, nc and cnonce.");
    }

    private void CheckOpaque(string opaque, string nonce, string? address)
    {
        int dash = opaque.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0
            || !long.TryParse(opaque.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out long made))
            throw new LoginFailedException("The opaque field of the digest is malformed.");
        if (!Secrets.AreEqual(Seal(opaque[..dash], nonce, address), opaque[(dash + 1)..]))
            throw new LoginFailedException("The digest answers no challenge of this server to this client.");
        if (_reactor.Now - new TimeSpan(made) > Lifetime)
            throw new LoginFailedException("The digest answers a challenge that is too old.");
    }

    private string Seal(string made, string nonce, string? address) => Convert.ToHexStringLower(
        HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"{made},{address},{nonce}")));
}
