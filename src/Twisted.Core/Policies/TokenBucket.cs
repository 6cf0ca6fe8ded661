using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>
/// How much may pass in a time: it fills at a constant rate, up to a limit, and is used up by what passes.
/// </summary>
/// <remarks>
/// It may be overdrawn, because what has come has come: then <see cref="Wait"/> says how long to take no more.
/// Twisted: <c>htb.Bucket</c>.
/// </remarks>
public sealed class TokenBucket
{
    private readonly IReactorTime _reactor;
    private readonly double _rate;
    private readonly double _capacity;
    private double _content;
    private TimeSpan _filled;

    /// <summary>A full bucket.</summary>
    /// <param name="reactor">The clock.</param>
    /// <param name="rate">What comes in, a second; more than 0.</param>
    /// <param name="burst">What it holds; as much as comes in a second unless given.</param>
    public TokenBucket(IReactorTime reactor, long rate, long? burst = null)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        ArgumentOutOfRangeException.ThrowIfLessThan(rate, 1);
        _reactor = reactor;
        _rate = rate;
        _capacity = burst ?? rate;
        ArgumentOutOfRangeException.ThrowIfLessThan(_capacity, 1, nameof(burst));
        _content = _capacity;
        _filled = reactor.Now;
    }

    /// <summary>How long until it is not overdrawn any more; zero when it is not.</summary>
    public TimeSpan Wait
    {
        get
        {
            Fill();
            return _content >= 0 ? TimeSpan.Zero : TimeSpan.FromTicks((long)Math.Ceiling(
                -_content / _rate * TimeSpan.TicksPerSecond));
        }
    }

    /// <summary>Uses some up.</summary>
    /// <param name="amount">How much; it may be more than there is.</param>
    public void Use(long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        Fill();
        _content -= amount;
    }

    private void Fill()
    {
        TimeSpan now = _reactor.Now;
        _content = Math.Min(_capacity, _content + (now - _filled).TotalSeconds * _rate);
        _filled = now;
    }
}
