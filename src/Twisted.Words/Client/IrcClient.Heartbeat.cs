namespace Twisted.Words;

public abstract partial class IrcClient
{
    private IDelayedCall? _heartbeat; // until the next PING, or until the server must have answered
    private bool _isServerAsked;

    /// <summary>How often we ask whether the server is there; null for never. Two minutes unless overridden.</summary>
    protected virtual TimeSpan? HeartbeatInterval => TimeSpan.FromMinutes(2);

    /// <summary>How long a server may be silent after we have asked. One minute unless overridden.</summary>
    protected virtual TimeSpan HeartbeatTimeout => TimeSpan.FromMinutes(1);

    private void StartHeartbeat()
    {
        StopHeartbeat();
        if (Clock is not null && HeartbeatInterval is { } interval)
            _heartbeat = Clock.CallLater(interval, static client => client.AskServer(), this);
    }

    private void StopHeartbeat()
    {
        _heartbeat?.Cancel();
        _isServerAsked = false;
    }

    private void AskServer()
    {
        _isServerAsked = true;
        SendUrgently("PING", _serverName.Length > 0 ? _serverName : "heartbeat");
        _heartbeat = Clock!.CallLater(HeartbeatTimeout, static client => client.Abort(new IrcException(
            $"The server was silent for {client.HeartbeatTimeout} after a PING.")), this);
    }

    /// <summary>Any line is a sign of life.</summary>
    private void HeardFromServer()
    {
        if (_isServerAsked)
            StartHeartbeat();
    }
}
