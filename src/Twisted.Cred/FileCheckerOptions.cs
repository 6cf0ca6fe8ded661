namespace Twisted.Cred;

/// <summary>How a <see cref="FileChecker"/> works.</summary>
public sealed record FileCheckerOptions
{
    /// <summary>Whether ADA may log in as ada. The avatar id is the name as the file has it.</summary>
    public bool IgnoresCase { get; init; }

    /// <summary>
    /// Allows lines such as <c>name:{PLAIN}password</c>. CRAM-MD5 and digests need them, and only users with such a
    /// line can use these. Whoever reads the file, or a backup of it, has the passwords.
    /// </summary>
    public bool InsecureAllowPlainText { get; init; }

    /// <summary>How many passwords are hashed at a time, each on a thread of the reactor's pool; at least 1.</summary>
    public int MostAtATime { get; init; } = 2;

    /// <summary>How many logins may wait for that; one more fails with TooManyLoginsException.</summary>
    public int MostWaiting { get; init; } = 1000;
}
