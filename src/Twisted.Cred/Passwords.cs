namespace Twisted.Cred;

/// <summary>Hashes of passwords for keeping, and what is kept in the lines of a <see cref="FileChecker"/>.</summary>
/// <remarks>
/// Hashing takes tenths of a second, on purpose: on the reactor thread use <c>reactor.DeferToThread</c>. A hash is
/// <c>$pbkdf2-sha256$i=600000$SALT$HASH</c>: algorithm, iterations, and salt and hash in base64 without padding, as in
/// the PHC string format. Passwords are taken as they are, in UTF-8, without normalization. Any thread. Twisted has no
/// such class.
/// </remarks>
public static class Passwords
{
    /// <summary>Longer passwords are refused: nobody types them.</summary>
    public const int LongestPassword = 1024;

    /// <summary>Hashes a password with a salt of its own.</summary>
    /// <param name="password">At most <see cref="LongestPassword"/> characters.</param>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="iterations">
    /// From 1,000 to 10,000,000; unless given as OWASP advised in 2023: 600,000 for SHA-256, 210,000 for SHA-512.
    /// </param>
    public static string Hash(string password, PasswordAlgorithm algorithm = PasswordAlgorithm.Pbkdf2Sha256,
        int? iterations = null)
    {
        ArgumentNullException.ThrowIfNull(password);
        if (password.Length > LongestPassword)
            throw new ArgumentException(
                $"A password has at most {LongestPassword} characters, not {password.Length}.", nameof(password));
        int count = iterations ?? Advised(algorithm);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, PasswordHash.FewestIterations, nameof(iterations));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, PasswordHash.MostIterations, nameof(iterations));
        return PasswordHash.Of(password, algorithm, count).ToString();
    }

    /// <summary>Whether it is the password behind a hash.</summary>
    /// <param name="password">What was typed.</param>
    /// <param name="hash">What <see cref="Hash"/> made.</param>
    /// <exception cref="FormatException">The hash is malformed.</exception>
    public static bool Verify(string password, string hash)
    {
        ArgumentNullException.ThrowIfNull(password);
        return Parse(hash).Verify(Bounded(password, out bool fits)) & fits;
    }

    /// <summary>
    /// Takes as long as <see cref="Verify"/>: for a name that there is not, so that nobody can tell by the time.
    /// </summary>
    /// <param name="password">What was typed.</param>
    /// <returns>False, always.</returns>
    public static bool VerifyNothing(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        PasswordHash.Of(Bounded(password, out _), default, Advised(default));
        return false;
    }

    /// <summary>
    /// Whether a hash is weaker than what <see cref="Hash"/> makes today: hash the password anew at the next login.
    /// </summary>
    /// <param name="hash">What <see cref="Hash"/> made, maybe years ago.</param>
    /// <exception cref="FormatException">The hash is malformed.</exception>
    public static bool NeedsRehash(string hash)
    {
        PasswordHash parsed = Parse(hash);
        return parsed.Iterations < Advised(parsed.Algorithm);
    }

    /// <summary>A line for the file of a <see cref="FileChecker"/>: <c>name:hash</c>.</summary>
    /// <param name="name">The user's name; without colon, control characters and white space at its ends.</param>
    /// <param name="password">The password.</param>
    /// <exception cref="ArgumentException">The name or the password cannot be in such a file.</exception>
    public static string Line(string name, string password)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (PasswordTable.MistakeOfName(name) is { } mistake)
            throw new ArgumentException($"'{Printable.Name(name)}' cannot be in a password file: {mistake.Expected}.",
                nameof(name));
        return $"{name}:{Hash(password)}";
    }

    /// <summary>One that is too long is not hashed, but something is.</summary>
    internal static string Bounded(string password, out bool fits)
    {
        fits = password.Length <= LongestPassword;
        return fits ? password : "";
    }

    private static int Advised(PasswordAlgorithm algorithm) => algorithm switch
    {
        PasswordAlgorithm.Pbkdf2Sha256 => 600_000,
        PasswordAlgorithm.Pbkdf2Sha512 => 210_000,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "There is no such algorithm."),
    };

    private static PasswordHash Parse(string hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        return PasswordHash.Parse(hash, allowPlain: false, out int at, out string expected)
            ?? throw new FormatException($"Malformed password hash, at character {at + 1}: {expected}.");
    }
}
