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

    /// <summary>One failure stays itself; several of one kind stay of that kind; the text lists each address.</summary>
    internal static ConnectException Connecting(IReadOnlyList<(EndPoint Address, ConnectException Reason)> failures)
    {
        ConnectException first = failures[0].Reason;
        if (failures.Count == 1)
            return first;
        var all = new AllAddressesFailedException(failures);
        if (failures.Any(failure => failure.Reason.GetType() != first.GetType()))
            return all;
        return first switch
        {
            ConnectionRefusedException =>
                new ConnectionRefusedException(List("Connection was refused by other side", failures), all),
            NoRouteException => new NoRouteException(List("No route to host", failures), all),
            TcpTimedOutException => new TcpTimedOutException(List("TCP connection timed out", failures), all),
            ConnectTimeoutException => new ConnectTimeoutException(
                List("User timeout caused connection failure", failures), all),
            _ => all,
        };
    }

    /// <summary>The time for all addresses is over: what some have said, and which never answered.</summary>
    internal static ConnectTimeoutException TimedOut(
        IReadOnlyList<(EndPoint Address, ConnectException Reason)> failures, IReadOnlyList<EndPoint> silent)
    {
        if (failures.Count + silent.Count <= 1)
            return new ConnectTimeoutException();
        (EndPoint, ConnectException)[] all =
            [.. failures, .. silent.Select(address => (address, (ConnectException)new ConnectTimeoutException()))];
        return new ConnectTimeoutException(List("User timeout caused connection failure", all),
            new AllAddressesFailedException(all));
    }

    internal static string List(string what, IReadOnlyList<(EndPoint Address, ConnectException Reason)> failures)
    {
        const int most = 10; // a text of a thousand addresses helps nobody
        string text = string.Join("; ", failures.Take(most).Select(one => $"{one.Address}: {one.Reason.Message}"));
        return failures.Count > most ? $"{what}: {text}; and {failures.Count - most} more." : $"{what}: {text}";
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
