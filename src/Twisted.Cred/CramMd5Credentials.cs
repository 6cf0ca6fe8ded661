using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Twisted.Cred;

/// <summary>
/// CRAM-MD5 (RFC 2195), the server's side: send the <see cref="Challenge"/>, take the answer with
/// <see cref="SetResponse"/>, then log in with it.
/// </summary>
/// <remarks>
/// MD5 is what the RFC has; an eavesdropper can try passwords against what he saw. Use it within TLS, or better a
/// plain password within TLS. Twisted: <c>CramMD5Credentials</c>.
/// </remarks>
public sealed class CramMd5Credentials : IUsernameHashedPassword
{
    private const int LongestResponse = 1024;
    private const int DigestLength = 32; // MD5 in hexadecimal digits

    private string _response = "";

    /// <summary>A new challenge.</summary>
    /// <param name="host">The server's name, as a part of the challenge: letters, digits, dots and hyphens.</param>
    public CramMd5Credentials(string host)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        if (!host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':' or '[' or ']'))
            throw new ArgumentException("A host has letters, digits, dots and hyphens.", nameof(host));
        Challenge = $"<{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}@{host}>";
    }

    private CramMd5Credentials(string challenge, bool given) => Challenge = given ? challenge : "";

    /// <summary>What to send to the client, in base64 mostly.</summary>
    public string Challenge { get; }

    /// <summary>The name of the answer; null before there is one.</summary>
    public string? Username { get; private set; }

    /// <summary>Takes the client's answer.</summary>
    /// <param name="response">A name, a space, 32 hexadecimal digits.</param>
    /// <exception cref="LoginFailedException">It is malformed.</exception>
    public void SetResponse(string response)
    {
        ArgumentNullException.ThrowIfNull(response);
        int space = response.LastIndexOf(' '); // a name may have spaces
        if (response.Length > LongestResponse || space < 1 || response.Length - space - 1 != DigestLength)
            throw new LoginFailedException(
                $"Malformed CRAM-MD5 answer: expected a name, a space and {DigestLength} hexadecimal digits.");
        Username = response[..space];
        _response = response[(space + 1)..];
    }

    /// <inheritdoc/>
    public bool CheckPassword(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        return Secrets.AreEqual(Digest(Challenge, password), _response.ToLowerInvariant());
    }

    /// <summary>The client's side: the answer to a challenge.</summary>
    /// <param name="challenge">The challenge.</param>
    /// <param name="username">The name.</param>
    /// <param name="password">The password.</param>
    public static string Respond(string challenge, string username, string password) =>
        string.Create(CultureInfo.InvariantCulture, $"{username} {Digest(challenge, password)}");

    /// <summary>The name, made safe to print.</summary>
    public override string ToString() =>
        Username is null ? "CramMd5Credentials" : $"CramMd5Credentials {Printable.Name(Username)}";

    /// <summary>For a challenge that is known: the RFC's example, another implementation's.</summary>
    internal static CramMd5Credentials Of(string challenge) => new(challenge, given: true);

    [SuppressMessage("Security", "CA5351", Justification = "RFC 2195 has no other hash.")]
    private static string Digest(string challenge, string password) => Convert.ToHexStringLower(
        HMACMD5.HashData(Encoding.UTF8.GetBytes(password), Encoding.UTF8.GetBytes(challenge)));
}
