using System.Net;
using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>The one place where failures of the operating system become exceptions of ours.</summary>
internal static class FailureText
{
    internal static ConnectException Connecting(OsFailure failure)
    {
        string what = $"{failure.Code}: {failure.Text}.";
        return failure.Kind switch
        {
            SocketError.ConnectionRefused =>
                new ConnectionRefusedException($"Connection was refused by other side: {what}"),
            SocketError.NetworkUnreachable or SocketError.HostUnreachable =>
                new NoRouteException($"No route to host: {what}"),
            SocketError.TimedOut => new TcpTimedOutException($"TCP connection timed out: {what}"),
            _ => new ConnectFailedException($"An error occurred while connecting: {what}"),
        };
    }

    internal static ConnectBindException Binding(EndPoint address, OsFailure failure) =>
        new($"Couldn't bind to {address}: {failure.Code}: {failure.Text}.");

    internal static CannotListenException ListeningUnix(EndPoint path, OsFailure failure)
    {
        string advice = failure.Kind switch
        {
            SocketError.AccessDenied => " Choose a folder that this user may write to.",
            SocketError.AddressAlreadyInUse =>
                " Remove it if nobody listens there, or listen with a lock file, so that a stale one is removed.",
            _ => "",
        };
        return new CannotListenException(
            $"Couldn't listen on {path}: [Errno {failure.Code}] {failure.Text}.{advice}");
    }

    internal static MulticastJoinException Joining(IPAddress group, string networkInterface, OsFailure failure) =>
        new($"Cannot join or leave {group} on {(networkInterface.Length == 0 ? "any interface" : networkInterface)}: "
            + $"[Errno {failure.Code}] {failure.Text}.");

    internal static ConnectionLostException Losing(OsFailure failure) =>
        new($"Connection to the other side was lost in a non-clean fashion: {failure.Code}: {failure.Text}.");

    internal static CannotListenException Listening(string address, int port, OsFailure failure)
    {
        string advice = failure.Kind switch
        {
            SocketError.AccessDenied => " Use a port above 1023 or grant CAP_NET_BIND_SERVICE.",
            SocketError.AddressAlreadyInUse => " Stop the program that has it, or use port 0 for a free one.",
            SocketError.AddressNotAvailable => " Use an address of this machine.",
            _ => "",
        };
        return new CannotListenException($"Couldn't listen on {(address.Length == 0 ? "any" : address)}:{port}: "
            + $"[Errno {failure.Code}] {failure.Text}.{advice}");
    }

    internal static CannotSpawnException Spawning(string fileName, OsFailure failure)
    {
        const int NoSuchFile = 2; // ENOENT, and ERROR_FILE_NOT_FOUND of Windows
        string advice = failure.Code == NoSuchFile || failure.Kind == SocketError.AccessDenied
            ? " Give the path of a program that exists and may be executed, or its name if it is in the PATH."
            : "";
        return new CannotSpawnException(
            $"Couldn't run {fileName}: [Errno {failure.Code}] {failure.Text.TrimEnd('.')}.{advice}");
    }
}
