namespace Twisted.Cred;

/// <summary>How many logins may fail, and how fast that is forgiven.</summary>
/// <param name="Burst">So many in a row; at least 1.</param>
/// <param name="Refill">After this time one more; more than zero.</param>
public readonly record struct LoginRate(int Burst, TimeSpan Refill)
{
    /// <summary>After this time without a failed login all is forgiven.</summary>
    public TimeSpan Period => Refill * Burst;

    internal LoginRate Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Burst, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Refill, TimeSpan.Zero);
        return this;
    }
}
