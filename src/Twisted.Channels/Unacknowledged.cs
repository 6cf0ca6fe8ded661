namespace Twisted.Channels;

/// <summary>The sends of one channel that wait for their answer, each with the same patience.</summary>
/// <remarks>
/// Numbers grow by one, so the window from the oldest that waits to the next is bounded, and one timer, for the oldest,
/// is enough.
/// </remarks>
/// <param name="clock">Of the patience.</param>
/// <param name="patience">How long each waits.</param>
/// <param name="limit">How many may wait.</param>
/// <param name="first">The first number.</param>
internal sealed class Unacknowledged(IReactorTime clock, TimeSpan patience, int limit, uint first = 0)
{
    private readonly Dictionary<uint, Waiting> _waiting = [];
    private uint _oldest = first; // no lower number waits
    private uint _next = first;
    private IDelayedCall? _timer;

    /// <summary>The number that comes next.</summary>
    internal uint Next => _next;

    /// <summary>How many wait.</summary>
    internal int Count => _waiting.Count;

    internal bool HasRoom => unchecked(_next - _oldest) < limit;

    /// <summary>Another one waits.</summary>
    /// <returns>Fires when it is answered.</returns>
    internal Deferred Add(out uint number)
    {
        number = unchecked(_next++);
        var answered = new Deferred();
        _waiting.Add(number, new Waiting(answered, clock.Now + patience));
        _timer ??= clock.CallLater(patience, Expire);
        return answered;
    }

    /// <summary>Takes the one of a number out.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="answered">It; null when it was given up before.</param>
    /// <returns>False when there never was one of that number.</returns>
    internal bool TryTake(uint number, out Deferred? answered)
    {
        answered = null;
        if (unchecked((int)(_next - number)) <= 0)
            return false;
        if (_waiting.Remove(number, out Waiting waiting))
        {
            answered = waiting.Answered;
            Trim();
        }
        return true;
    }

    /// <summary>There will be no answers.</summary>
    internal void Fail(Func<Exception> reason)
    {
        _timer?.Cancel();
        _timer = null;
        while (_oldest != _next)
        {
            if (_waiting.Remove(unchecked(_oldest++), out Waiting waiting) && !waiting.Answered.IsFired)
                waiting.Answered.Errback(reason());
        }
    }

    private void Expire()
    {
        while (_waiting.TryGetValue(_oldest, out Waiting oldest) && oldest.Until <= clock.Now)
        {
            _waiting.Remove(_oldest);
            Trim();
            if (!oldest.Answered.IsFired)
                oldest.Answered.Errback(new TimeoutException(
                    $"There was no answer within {patience}; the message may have arrived. See AcknowledgeTimeout."));
        }
        _timer?.Cancel(); // an errback may have sent, and begun one that is too late for those before it
        _timer = _waiting.TryGetValue(_oldest, out Waiting next)
            ? clock.CallLater(next.Until - clock.Now, Expire)
            : null;
    }

    private void Trim()
    {
        while (_oldest != _next && !_waiting.ContainsKey(_oldest))
            unchecked
            {
                _oldest++;
            }
    }

    private readonly record struct Waiting(Deferred Answered, TimeSpan Until);
}
