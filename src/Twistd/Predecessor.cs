using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Twisted.Daemon;

/// <summary>
/// The server that this process takes over from: its ports are ours as well, from the moment they are opened here, and
/// ours alone when we serve.
/// </summary>
internal sealed class Predecessor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly PredecessorProtocol _session;
    private readonly IDisposable _ports;

    private Predecessor(PredecessorProtocol session, IDisposable ports)
    {
        _session = session;
        _ports = ports;
    }

    /// <summary>Asks it for its ports. What is opened afterwards for their addresses uses them.</summary>
    /// <param name="reactor">What we run on.</param>
    /// <param name="path">Its admin port.</param>
    /// <returns>Fails with an <see cref="IOException"/> when nobody hands anything over.</returns>
    internal static async Deferred<Predecessor> Ask(IReactor reactor, string path)
    {
        if (reactor is not IReactorHandover ours)
        {
            throw new NotSupportedException(
                "This reactor cannot take ports over, only epoll's can. Leave --takeover out.");
        }
        IReadOnlyList<SafeHandle> ports;
        PredecessorProtocol session;
        try
        {
            var admin = new UnixClientEndpoint((IReactorUnix)reactor, path)
            {
                Timeout = Patience,
                LockFile = true,
            };
            session = (PredecessorProtocol)await admin.Connect(new Asking());
            ports = await session.Ports.AddTimeout(Patience, reactor);
        }
        catch (Exception failure) when (failure is ConnectException or ConnectionClosedException or TimeoutException)
        {
            throw new IOException($"No server hands its ports over on {path}: {failure.Message} "
                + "Start without --takeover, or name its admin port with --admin.", failure);
        }
        return new Predecessor(session, ours.Inherit(ports));
    }

    /// <summary>This process serves: the other one stops accepting and ends. What nobody opened is closed.</summary>
    internal void Release()
    {
        _ports.Dispose();
        _session.SayServing();
    }

    private sealed class Asking : ClientFactory
    {
        public override IProtocol BuildProtocol(EndPoint peer) => new PredecessorProtocol();
    }

    private sealed class PredecessorProtocol : LineOnlyReceiver, IFileDescriptorReceiver
    {
        private readonly List<SafeHandle> _received = [];
        private readonly Deferred<IReadOnlyList<SafeHandle>> _ports = new();

        internal Deferred<IReadOnlyList<SafeHandle>> Ports => _ports;

        protected override ReadOnlySpan<byte> Delimiter => "\n"u8;

        internal void SayServing()
        {
            SendLine(Encoding.ASCII.GetBytes(AdminPort.Serving));
            Transport.LoseConnection();
        }

        public void FileDescriptorReceived(SafeFileHandle descriptor) => _received.Add(descriptor);

        protected override void ConnectionMade() => SendLine(Encoding.ASCII.GetBytes(AdminPort.Takeover));

        protected override void LineReceived(ReadOnlySpan<byte> line)
        {
            if (line.SequenceEqual(Encoding.ASCII.GetBytes(AdminPort.End)) && !_ports.IsFired)
                _ports.Callback(_received);
            else if (line.SequenceEqual(Encoding.ASCII.GetBytes(AdminPort.Busy)) && !_ports.IsFired)
                _ports.Errback(new ConnectionLostException("Another process is taking over from it at this moment."));
        }

        protected override void ConnectionLost(Exception reason)
        {
            if (!_ports.IsFired)
                _ports.Errback(reason);
        }
    }
}
