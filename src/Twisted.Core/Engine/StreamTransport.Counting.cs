using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Twisted.Internet;

// What is counted of a connection, and its span while somebody traces.
internal sealed partial class StreamTransport
{
    /// <summary>The span of a connection, with the bytes that this one has passed.</summary>
    private sealed class ConnectionSpan(Activity span)
    {
        internal Activity Activity => span;

        internal long Received { get; set; }

        internal long Sent { get; set; }
    }

    // A field would cost each connection of everybody who does not trace eight bytes.
    private static readonly ConditionalWeakTable<StreamTransport, ConnectionSpan> Spans = [];

    private void CountReceived(int count)
    {
        if (HasAny(StreamFlags.CountsApart))
            CountReceivedApart(count);
        else
            _reactor.Bytes.Received += count;
    }

    private void CountSent(int count)
    {
        if (HasAny(StreamFlags.CountsApart))
            CountSentApart(count);
        else
            _reactor.Bytes.Sent += count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // not in the way of plain connections that nobody traces
    private void CountReceivedApart(int count)
    {
        if (!Has(StreamFlags.OverLayer))
            _reactor.Bytes.Received += count;
        if (Has(StreamFlags.Traced) && Spans.TryGetValue(this, out ConnectionSpan? span))
            span.Received += count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CountSentApart(int count)
    {
        if (Has(StreamFlags.OverLayer))
            _reactor.Bytes.GivenToLayers += count;
        else
            _reactor.Bytes.Sent += count;
        if (Has(StreamFlags.Traced) && Spans.TryGetValue(this, out ConnectionSpan? span))
            span.Sent += count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Trace()
    {
        if (_owner.Counts is null)
            return; // a layer, or no connection: another one has the span
        ActivityKind kind = ReferenceEquals(_owner.Counts, _reactor.Connected)
            ? ActivityKind.Client
            : ActivityKind.Server;
        if (ReactorTrace.Connected(_reactor, this, kind, _owner.Attempt) is not { } span)
            return; // the listener does not want this one
        Spans.Add(this, new ConnectionSpan(span));
        Add(StreamFlags.Traced);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EndTrace(Exception reason)
    {
        if (!Spans.TryGetValue(this, out ConnectionSpan? span))
            return;
        Spans.Remove(this);
        span.Activity.SetTag("twisted.connection.received", span.Received)
            .SetTag("twisted.connection.sent", span.Sent)
            .SetTag("twisted.connection.reason", reason.Message);
        ReactorTrace.End(_reactor, span.Activity, reason is ConnectionDoneException ? null : reason);
    }
}
