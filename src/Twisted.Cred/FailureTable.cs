using System.Security.Cryptography;

namespace Twisted.Cred;

/// <summary>
/// A token bucket for each source or name, in 24 bytes: the time when it is full again. What it forgets when there are
/// too many is what has not failed for longest.
/// </summary>
/// <remarks>
/// Two generations: when the younger one is half of the limit, or old enough that what the older one has is forgiven
/// anyway, it becomes the older one. So nothing is ever searched for. Keys are hashed with a secret: nobody can choose
/// sources that collide.
/// </remarks>
internal sealed class FailureTable(int most)
{
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(16);
    private Dictionary<ulong, long> _recent = [];
    private Dictionary<ulong, long> _older = [];
    private TimeSpan _turned;

    internal int Count => _recent.Count + _older.Count;

    internal ulong KeyOf(ReadOnlySpan<byte> identity)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, identity, hash);
        return BitConverter.ToUInt64(hash);
    }

    /// <summary>How long until one more may fail; zero: now.</summary>
    internal TimeSpan Wait(ulong key, TimeSpan now, LoginRate rate)
    {
        TimeSpan wait = new TimeSpan(Find(key)) - now - rate.Refill * (rate.Burst - 1);
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    internal void Charge(ulong key, TimeSpan now, LoginRate rate)
    {
        long full = Math.Max(Find(key), now.Ticks) + rate.Refill.Ticks;
        _older.Remove(key);
        if (_recent.Count >= Math.Max(1, most / 2) || now - _turned >= rate.Period)
        {
            _older = _recent;
            _recent = [];
            _turned = now;
        }
        _recent[key] = full;
    }

    /// <summary>That one did not fail after all.</summary>
    internal void Refund(ulong key, TimeSpan now, LoginRate rate)
    {
        Dictionary<ulong, long> where = _recent.ContainsKey(key) ? _recent : _older;
        if (!where.TryGetValue(key, out long full))
            return;
        full -= rate.Refill.Ticks;
        if (full <= now.Ticks)
            where.Remove(key);
        else
            where[key] = full;
    }

    private long Find(ulong key) =>
        _recent.TryGetValue(key, out long full) ? full : _older.GetValueOrDefault(key, long.MinValue / 2);
}
