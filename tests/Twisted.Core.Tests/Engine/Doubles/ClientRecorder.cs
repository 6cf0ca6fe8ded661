using System.Net;

namespace Twisted.Tests;

/// <summary>A client's factory that keeps what it hears, in order.</summary>
internal sealed class ClientRecorder : ClientFactory
{
    internal List<string> Heard { get; } = [];

    internal List<Recorder> Built { get; } = [];

    /// <summary>The last failure or loss.</summary>
    internal Exception? Reason { get; private set; }

    /// <summary>What it does when an attempt has failed.</summary>
    internal Action<IConnector>? OnFailed { get; set; }

    /// <summary>What it does when a connection is lost.</summary>
    internal Action<IConnector>? OnLost { get; set; }

    internal bool Wanted { get; set; } = true;

    internal bool CannotBuild { get; set; }

    protected override void StartedConnecting(IConnector connector) => Heard.Add("starting");

    public override IProtocol? BuildProtocol(EndPoint peer)
    {
        if (CannotBuild)
            throw new NotSupportedException("no protocol");
        if (!Wanted)
            return null;
        Built.Add(new Recorder());
        return Built[^1];
    }

    protected override void ClientConnectionFailed(IConnector connector, Exception reason)
    {
        Reason = reason;
        Heard.Add($"failed: {reason.GetType().Name}");
        OnFailed?.Invoke(connector);
    }

    protected override void ClientConnectionLost(IConnector connector, Exception reason)
    {
        Reason = reason;
        Heard.Add($"lost: {reason.GetType().Name}");
        OnLost?.Invoke(connector);
    }
}
