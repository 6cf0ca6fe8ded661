using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Twisted.Cred;

/// <summary>RFC 7616, section 3.4: what is hashed with what. All hashes are lower case hexadecimal digits.</summary>
internal static class DigestMath
{
    internal static string NameOf(DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Md5 ? "MD5" : "SHA-256";

    /// <summary>H(A1): it stands for the password.</summary>
    internal static string A1(DigestAlgorithm algorithm, string username, string realm, string password) =>
        Hash(algorithm, $"{username}:{realm}:{password}");

    /// <param name="algorithm">The algorithm.</param>
    /// <param name="a1">H(A1).</param>
    /// <param name="method">The request's method.</param>
    /// <param name="fields">uri, nonce, nc, cnonce and qop; without qop as RFC 2069 has it.</param>
    internal static string Response(DigestAlgorithm algorithm, string a1, string method,
        IReadOnlyDictionary<string, string> fields)
    {
        string a2 = Hash(algorithm, $"{method}:{fields["uri"]}");
        return Hash(algorithm, fields.TryGetValue("qop", out string? qop)
            ? $"{a1}:{fields["nonce"]}:{fields["nc"]}:{fields["cnonce"]}:{qop}:{a2}"
            : $"{a1}:{fields["nonce"]}:{a2}");
    }

    [SuppressMessage("Security", "CA5351", Justification = "RFC 2617; SHA-256 is the default.")]
    private static string Hash(DigestAlgorithm algorithm, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Convert.ToHexStringLower(
            algorithm == DigestAlgorithm.Md5 ? MD5.HashData(bytes) : SHA256.HashData(bytes));
    }
}
