namespace Twisted.Cred;

/// <summary>Too many logins have failed lately, or too many wait: the credentials were not even looked at.</summary>
/// <remarks>See <see cref="LoginRateLimit"/> and <see cref="FileChecker"/>.</remarks>
public sealed class TooManyLoginsException : LoginDeniedException
{
    /// <summary>Too many logins.</summary>
    /// <param name="retryAfter">When it may be tried again.</param>
    public TooManyLoginsException(TimeSpan retryAfter)
        : base($"Too many logins. Try again in {Math.Ceiling(retryAfter.TotalSeconds):0} s.") =>
        RetryAfter = retryAfter;

    /// <summary>How long from now it makes no sense to try again.</summary>
    public TimeSpan RetryAfter { get; }
}
