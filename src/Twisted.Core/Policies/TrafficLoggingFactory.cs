using System.Buffers;
using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>Writes down what passes on the connections of a factory, for somebody who looks for a mistake.</summary>
/// <remarks>
/// It holds what the protocol says, passwords too: never leave it on. Above TLS it sees plain text. A log that fails is
/// reported once and then left alone; the connections go on. Twisted: <c>policies.TrafficLoggingFactory</c>.
/// </remarks>
public sealed class TrafficLoggingFactory : WrappingFactory
{
    private ITrafficLog? _log;
    private long _connections;

    /// <summary>Writes down the traffic of a factory.</summary>
    /// <param name="inner">The factory.</param>
    /// <param name="log">Where to: <see cref="TextTrafficLog"/>, <see cref="PcapngTrafficLog"/>, or your own.</param>
    public TrafficLoggingFactory(IProtocolFactory inner, ITrafficLog log) : base(inner)
    {
        ArgumentNullException.ThrowIfNull(log);
        _log = log;
    }

    /// <inheritdoc/>
    protected override IProtocol Wrap(IProtocol protocol) => new Logged(this, ++_connections, protocol);

    private delegate void TrafficEntry(ITrafficLog log, long number, ReadOnlySpan<byte> data);

    private void Write(TrafficEntry entry, long number, ReadOnlySpan<byte> data = default)
    {
        if (_log is not { } log)
            return;
        try
        {
            entry(log, number, data);
        }
        catch (Exception failure)
        {
            _log = null;
            FailureSink.Report(failure, "traffic log");
        }
    }

    private sealed class Logged(TrafficLoggingFactory factory, long number, IProtocol inner) : ProtocolWrapper(inner)
    {
        private ArrayBufferWriter<byte>? _encoded; // an encoder's bytes are seen before they go on

        protected override void ConnectionMade()
        {
            factory.Write((log, _, _) => log.Connected(number, Below.Host, Below.Peer), number);
            base.ConnectionMade();
        }

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            factory.Write(static (log, number, data) => log.Received(number, data), number, data);
            base.DataReceived(data);
        }

        public override void Write(ReadOnlySpan<byte> data)
        {
            factory.Write(static (log, number, data) => log.Sent(number, data), number, data);
            base.Write(data);
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => (_encoded ??= new()).GetMemory(sizeHint);

        public override void Advance(int count)
        {
            ArrayBufferWriter<byte> encoded = _encoded ??= new();
            encoded.Advance(count);
            Write(encoded.WrittenSpan);
            encoded.ResetWrittenCount();
        }

        protected override void ConnectionLost(Exception reason)
        {
            factory.Write((log, _, _) => log.Disconnected(number, reason), number);
            base.ConnectionLost(reason);
        }
    }
}
