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

    private sealed class Logged(TrafficLoggingFactory factory, long number, IProtocol inner) : ProtocolWrapper(inner)
    {
        private ArrayBufferWriter<byte>? _encoded; // an encoder's bytes are seen before they go on

        protected override void ConnectionMade()
        {
            try
            {
                factory._log?.Connected(number, Below.Host, Below.Peer);
            }
            catch (Exception failure)
            {
                GiveUp(failure);
            }
            base.ConnectionMade();
        }

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            try
            {
                factory._log?.Received(number, data);
            }
            catch (Exception failure)
            {
                GiveUp(failure);
            }
            base.DataReceived(data);
        }

        public override void Write(ReadOnlySpan<byte> data)
        {
            try
            {
                factory._log?.Sent(number, data);
            }
            catch (Exception failure)
            {
                GiveUp(failure);
            }
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
            try
            {
                factory._log?.Disconnected(number, reason);
            }
            catch (Exception failure)
            {
                GiveUp(failure);
            }
            base.ConnectionLost(reason);
        }

        private void GiveUp(Exception failure)
        {
            factory._log = null;
            FailureSink.Report(failure, "traffic log");
        }
    }
}
