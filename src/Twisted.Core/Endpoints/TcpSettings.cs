namespace Twisted.Internet;

/// <summary>What an endpoint string sets on each of its connections.</summary>
internal sealed record TcpSettings(
    bool? NoDelay, bool? KeepAlive, (int Idle, int Interval, int Count)? Probes, TimeSpan? UserTimeout)
{
    /// <summary>The arguments that it is read from.</summary>
    internal static readonly string[] Names = ["keepalive", "userTimeout", "nodelay"];

    /// <summary>Null when nothing is to be set.</summary>
    internal static TcpSettings? Of(EndpointDescription description)
    {
        bool? keepAlive = null;
        (int, int, int)? probes = null;
        switch (description.Text("keepalive")?.Split(','))
        {
            case null:
                break;
            case ["0" or "1"]:
                keepAlive = description.Flag("keepalive");
                break;
            case [var idle, var interval, var count]:
                keepAlive = true;
                probes = (description.ToNumber("keepalive's idle time", idle, 1, 32_767),
                    description.ToNumber("keepalive's interval", interval, 1, 32_767),
                    description.ToNumber("keepalive's count", count, 1, 127));
                break;
            default:
                throw description.Error("keepalive is 0, 1, or IDLE,INTERVAL,COUNT (seconds, seconds, a number), "
                    + $"not '{description.Text("keepalive")}'");
        }
        bool? noDelay = description.Flag("nodelay");
        TimeSpan? userTimeout = description.Seconds("userTimeout");
        return noDelay is null && keepAlive is null && userTimeout is null
            ? null
            : new TcpSettings(noDelay, keepAlive, probes, userTimeout);
    }

    internal void Apply(ITransport transport)
    {
        var tcp = transport.GetRequired<ITcpTransport>();
        if (NoDelay is { } noDelay)
            tcp.NoDelay = noDelay;
        if (KeepAlive is { } keepAlive)
            tcp.KeepAlive = keepAlive;
        if (Probes is { } probes)
        {
            var able = transport.GetRequired<ITcpKeepAlive>();
            able.Idle = TimeSpan.FromSeconds(probes.Idle);
            able.Interval = TimeSpan.FromSeconds(probes.Interval);
            able.Count = probes.Count;
        }
        if (UserTimeout is { } patience)
            transport.GetRequired<ITcpKeepAlive>().UserTimeout = patience;
    }
}
