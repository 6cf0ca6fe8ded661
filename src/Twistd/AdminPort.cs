using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Twisted.Daemon;

/// <summary>
/// A UNIX socket, for its owner only, on which a server is told to hand its ports over: the server's half of
/// <see cref="Predecessor"/>.
/// </summary>
/// <remarks>
/// The new process says "takeover" and gets a line "port" for each port, with its descriptor, and a line "end". When it
/// serves it says "serving", and this process lets its connections finish and ends. If it goes away before, nothing has
/// happened.
/// </remarks>
internal sealed partial class AdminPort : ServerFactory
{
    /// <summary>What who takes over says, and hears.</summary>
    internal const string Takeover = "takeover", Port = "port", End = "end", Serving = "serving", Busy = "busy";

    private readonly IReactorHandover _ports;
    private readonly Action _handedOver;
    private readonly ILogger _log;
    private SuccessorProtocol? _successor;

    private AdminPort(IReactorHandover ports, Action handedOver, ILogger log)
    {
        _ports = ports;
        _handedOver = handedOver;
        _log = log;
    }

    /// <summary>Opens it.</summary>
    /// <param name="reactor">What the server runs on.</param>
    /// <param name="path">The socket's name in the file system.</param>
    /// <param name="handedOver">Called when another process serves on the ports.</param>
    /// <param name="log">Where it is told.</param>
    /// <exception cref="CannotListenException">It cannot be had.</exception>
    internal static IListeningPort Open(IReactor reactor, string path, Action handedOver, ILogger log)
    {
        if (reactor is not (IReactorUnix unix and IReactorHandover ports))
        {
            throw new NotSupportedException(
                "This reactor cannot hand its ports over, only epoll's can. Leave --admin out.");
        }
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return unix.ListenUnix(path, new AdminPort(ports, handedOver, log), owner, lockFile: true);
    }

    public override IProtocol BuildProtocol(EndPoint peer) => new SuccessorProtocol(this);

    [LoggerMessage(1520, LogLevel.Information, "Another process takes over {Count} ports")]
    private static partial void TakingOver(ILogger log, int count);

    [LoggerMessage(1521, LogLevel.Warning, "The process that was to take over has gone: this one goes on")]
    private static partial void SuccessorLost(ILogger log);

    private sealed class SuccessorProtocol(AdminPort owner) : LineOnlyReceiver
    {
        private bool _isDone;

        protected override ReadOnlySpan<byte> Delimiter => "\n"u8;

        protected override void LineReceived(ReadOnlySpan<byte> line)
        {
            switch (Encoding.ASCII.GetString(line))
            {
                case Takeover when owner._successor is null:
                    owner._successor = this;
                    HandOver();
                    break;
                case Takeover:
                    SendLine(Encoding.ASCII.GetBytes(Busy));
                    Transport.LoseConnection();
                    break;
                case Serving when owner._successor == this:
                    _isDone = true;
                    owner._ports.LeavePorts();
                    owner._handedOver();
                    break;
                default:
                    Transport.LoseConnection();
                    break;
            }
        }

        protected override void ConnectionLost(Exception reason)
        {
            if (owner._successor != this)
                return;
            owner._successor = null;
            if (!_isDone)
                SuccessorLost(owner._log);
        }

        private void HandOver()
        {
            IReadOnlyList<SafeHandle> ports = owner._ports.DuplicatePorts();
            TakingOver(owner._log, ports.Count);
            ISendsFileDescriptors sender = Transport.Get<ISendsFileDescriptors>()!;
            foreach (SafeHandle port in ports)
            {
                using (port)
                    sender.SendFileDescriptor(port);
                SendLine(Encoding.ASCII.GetBytes(Port));
            }
            SendLine(Encoding.ASCII.GetBytes(End));
        }
    }
}
