namespace Twisted.Channels.Flow;

/// <summary>Asks a silent node whether it is there, and finds out when it is not.</summary>
internal sealed class Heartbeat(IReactorTime clock, TimeSpan interval, TimeSpan timeout, Action ping, Action isDead)
{
    private IDelayedCall? _next;
    private bool _hasHeard;
    private Deferred<bool>? _asked;

    /// <summary>Somebody waits to know whether it is there.</summary>
    internal bool IsAsked => _asked is not null;

    internal void Start() => _next = clock.CallLater(interval, Tick);

    /// <summary>Something has come.</summary>
    internal void Heard() => _hasHeard = true;

    /// <summary>An answer has come, so it is there now.</summary>
    internal void Answered() => Tell(true);

    /// <summary>Asks at once.</summary>
    /// <returns>Fires with whether it is there; with false, too, when the connection ends.</returns>
    internal Deferred<bool> Ask()
    {
        Deferred<bool> asked = _asked = new Deferred<bool>();
        _next?.Cancel();
        Ping();
        return asked;
    }

    internal void Stop()
    {
        _next?.Cancel();
        Tell(false);
    }

    private void Tick()
    {
        if (_hasHeard)
            Wait();
        else
            Ping();
    }

    private void Wait()
    {
        _hasHeard = false;
        _next = clock.CallLater(interval, Tick);
    }

    private void Ping()
    {
        _hasHeard = false;
        ping();
        // When we have stood still for long ourselves, this timer is due before its answer, which has come, is read:
        // one more turn of the loop reads it.
        _next = clock.CallLater(timeout, () => _next = clock.CallLater(TimeSpan.Zero, Judge));
    }

    private void Judge()
    {
        if (_hasHeard)
        {
            Wait();
            Tell(true);
            return;
        }
        isDead();
    }

    private void Tell(bool isThere)
    {
        Deferred<bool>? asked = _asked;
        _asked = null;
        asked?.Callback(isThere);
    }
}
