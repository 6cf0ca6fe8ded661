using System.Diagnostics;
using System.Net;

namespace Twisted.Internet;

/// <summary>The spans of the source "Twisted": attempts to connect, and the lives of connections.</summary>
/// <remarks>
/// Made only while somebody listens. A reactor thread serves everybody, so no span stays the current one behind the
/// call that made it; times are those of the reactor's clock.
/// </remarks>
internal static class ReactorTrace
{
    private static readonly ActivitySource Source = new("Twisted");

    internal static bool IsWanted => Source.HasListeners();

    /// <summary>An attempt to connect begins, for whoever asked for it.</summary>
    internal static Activity? Connecting(ReactorBase reactor, EndPoint destination)
    {
        if (Start(reactor, "twisted.connect", ActivityKind.Client, Activity.Current, links: null) is not { } span)
            return null;
        SetAddress(span, "server", destination);
        return span;
    }

    /// <summary>A connection is up: nobody's work in particular, so a trace of its own.</summary>
    /// <param name="reactor">Whose.</param>
    /// <param name="transport">The connection.</param>
    /// <param name="kind">Server for one that was accepted, else client.</param>
    /// <param name="attempt">The attempt that made it, if that has a span.</param>
    internal static Activity? Connected(
        ReactorBase reactor, ITransport transport, ActivityKind kind, Activity? attempt)
    {
        ActivityLink[]? links = attempt is null ? null : [new ActivityLink(attempt.Context)];
        if (Start(reactor, "twisted.connection", kind, parent: null, links) is not { } span)
            return null;
        SetAddress(span, "network.peer", transport.Peer);
        SetAddress(span, "network.local", transport.Host);
        return span;
    }

    /// <summary>Ends a span.</summary>
    /// <param name="reactor">Whose.</param>
    /// <param name="span">The span.</param>
    /// <param name="failure">Why it did not end well; null when it did.</param>
    internal static void End(ReactorBase reactor, Activity span, Exception? failure)
    {
        if (failure is not null)
        {
            span.SetTag("error.type", failure.GetType().FullName);
            span.SetStatus(ActivityStatusCode.Error, failure.Message);
        }
        span.SetEndTime(reactor.Driver.TimeProvider.GetUtcNow().UtcDateTime);
        Activity? current = Activity.Current;
        span.Stop();
        Activity.Current = current;
    }

    /// <summary>Address and port, by the names that OpenTelemetry gives them.</summary>
    internal static void SetAddress(Activity span, string prefix, EndPoint address)
    {
        span.SetTag("network.transport", address is IPEndPoint or DnsEndPoint ? "tcp" : "unix");
        if (address is not (IPEndPoint or DnsEndPoint))
        {
            span.SetTag($"{prefix}.address", $"{address}");
            return;
        }
        span.SetTag($"{prefix}.address", address.Host);
        span.SetTag($"{prefix}.port", address.Port);
    }

    private static Activity? Start(ReactorBase reactor, string name, ActivityKind kind, Activity? parent,
        IEnumerable<ActivityLink>? links)
    {
        Activity? current = Activity.Current;
        Activity.Current = parent; // else a new trace would become part of the one that happens to be current
        try
        {
            Activity? span = Source.CreateActivity(name, kind, parentContext: default, links: links);
            span?.SetStartTime(reactor.Driver.TimeProvider.GetUtcNow().UtcDateTime)
                .SetTag("twisted.reactor.name", reactor.Name).Start();
            return span;
        }
        finally
        {
            Activity.Current = current;
        }
    }
}
