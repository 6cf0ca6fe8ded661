using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Twisted.Cred;

/// <summary>A taken-apart hash: <c>$pbkdf2-sha256$i=600000$SALT$HASH</c>, both in base64 without padding.</summary>
internal sealed class PasswordHash
{
    /// <summary>What stands before a password in plain text.</summary>
    internal const string PlainMark = "{PLAIN}";

    internal const int FewestIterations = 1_000; // RFC 8018, section 4.2
    internal const int MostIterations = 10_000_000; // some seconds: a file must not stop all logins

    private const int SaltLength = 16; // NIST SP 800-132 asks for 16 bytes
    private const int ShortestSalt = 8;
    private const int LongestSalt = 64;

    /// <summary>Iterations that this thread has run: what checks cost, and all must cost the same.</summary>
    [ThreadStatic] internal static long Cost;

    private readonly string? _plain;
    private readonly byte[] _salt = [];
    private readonly byte[] _hash = [];

    private PasswordHash(PasswordAlgorithm algorithm, int iterations, byte[] salt, byte[] hash)
    {
        Algorithm = algorithm;
        Iterations = iterations;
        _salt = salt;
        _hash = hash;
    }

    private PasswordHash(string plain) => _plain = plain;

    internal PasswordAlgorithm Algorithm { get; }

    internal int Iterations { get; }

    /// <summary>For proofs that need the password itself; null when only its hash is known.</summary>
    internal string? Plain => _plain;

    internal static PasswordHash Of(string password, PasswordAlgorithm algorithm, int iterations)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltLength);
        return new(algorithm, iterations, salt, Derive(password, salt, algorithm, iterations));
    }

    /// <summary>Slow, on purpose. Any thread.</summary>
    internal bool Verify(string password) => _plain is { } plain
        ? Secrets.AreEqual(plain, password)
        : CryptographicOperations.FixedTimeEquals(Derive(password, _salt, Algorithm, Iterations), _hash);

    /// <returns>Null: it is none, and the rest says where and what was expected.</returns>
    internal static PasswordHash? Parse(string text, bool allowPlain, out int at, out string expected)
    {
        at = 0;
        expected = Expected(text, allowPlain);
        if (text.StartsWith(PlainMark, StringComparison.Ordinal))
            return allowPlain ? new(text[PlainMark.Length..]) : null;
        string[] parts = text.Split('$');
        if (parts.Length < 2 || parts[0].Length > 0 || AlgorithmOf(parts[1]) is not { } algorithm)
            return null;
        at = 1 + parts[1].Length + 1;
        expected = $"expected the iterations, as i=600000, from {FewestIterations} to {MostIterations}";
        if (parts.Length < 3 || IterationsOf(parts[2]) is not { } iterations)
            return null;
        at += parts[2].Length + 1;
        expected = $"expected a salt of {ShortestSalt} to {LongestSalt} bytes in base64 without padding";
        if (parts.Length < 4
            || Base64(parts[3]) is not { Length: >= ShortestSalt and <= LongestSalt } salt)
            return null;
        at += parts[3].Length + 1;
        expected = $"expected a hash of {HashLength(algorithm)} bytes in base64 without padding, then the end";
        return parts.Length == 5 && Base64(parts[4]) is { } hash && hash.Length == HashLength(algorithm)
            ? new(algorithm, iterations, salt, hash)
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"${NameOf(Algorithm)}$i={Iterations}${Text(_salt)}${Text(_hash)}");

    private static byte[] Derive(string password, byte[] salt, PasswordAlgorithm algorithm, int iterations)
    {
        Cost += iterations;
        return Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations,
            algorithm == PasswordAlgorithm.Pbkdf2Sha512 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256,
            HashLength(algorithm));
    }

    private static int HashLength(PasswordAlgorithm algorithm) =>
        algorithm == PasswordAlgorithm.Pbkdf2Sha512 ? SHA512.HashSizeInBytes : SHA256.HashSizeInBytes;

    private static string NameOf(PasswordAlgorithm algorithm) =>
        algorithm == PasswordAlgorithm.Pbkdf2Sha512 ? "pbkdf2-sha512" : "pbkdf2-sha256";

    private static PasswordAlgorithm? AlgorithmOf(string name) => name switch
    {
        "pbkdf2-sha256" => PasswordAlgorithm.Pbkdf2Sha256,
        "pbkdf2-sha512" => PasswordAlgorithm.Pbkdf2Sha512,
        _ => null,
    };

    private static int? IterationsOf(string text) =>
        text.StartsWith("i=", StringComparison.Ordinal)
        && int.TryParse(text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int iterations)
        && iterations is >= FewestIterations and <= MostIterations
            ? iterations
            : null;

    private static string Text(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[]? Base64(string text)
    {
        if (text.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('+' or '/')))
            return null; // the BCL skips white space
        string padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        byte[] bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out int length) ? bytes[..length] : null;
    }

    /// <summary>What to say of something that begins like no hash of ours: the kind, never the text.</summary>
    private static string Expected(string text, bool allowPlain)
    {
        const string Ours = "expected a hash such as $pbkdf2-sha256$i=600000$SALT$HASH";
        string? kind = text switch
        {
            ['$', '2', ..] => "bcrypt, which .NET does not have",
            ['$', 'a', 'p', 'r', '1', '$', ..] or ['$', '1', '$', ..] => "MD5, which is too weak",
            ['$', '5', '$', ..] or ['$', '6', '$', ..] => "crypt's SHA-2, which .NET does not have",
            ['$', ..] => "a hash of an unknown kind",
            ['{', 'S', 'H', 'A', '}', ..] or ['{', 'S', 'S', 'H', 'A', '}', ..] =>
                "SHA-1 in one round, which is too weak",
            ['{', 'P', 'L', 'A', 'I', 'N', '}', ..] when !allowPlain =>
                "a password in plain text, which needs InsecureAllowPlainText",
            ['{', ..] => "a hash of an unknown kind",
            _ => null,
        };
        return kind is null
            ? $"{Ours}; plain text and crypt's old hashes are refused"
            : $"{Ours}, not {kind}";
    }
}
