using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>The numbers of Linux and what they mean on every system: the one place that knows.</summary>
internal static class Errno
{
    internal const int EINTR = 4;
    internal const int EAGAIN = 11;
    internal const int ENOMEM = 12;
    internal const int EACCES = 13;
    internal const int EMFILE = 24;
    internal const int ENFILE = 23;
    internal const int EPIPE = 32;
    internal const int EINVAL = 22;
    internal const int ENODEV = 19;
    internal const int EPERM = 1;
    internal const int ENOTSOCK = 88;
    internal const int EMSGSIZE = 90;
    internal const int EADDRINUSE = 98;
    internal const int EADDRNOTAVAIL = 99;
    internal const int ENETUNREACH = 101;
    internal const int ECONNABORTED = 103;
    internal const int ECONNRESET = 104;
    internal const int ENOBUFS = 105;
    internal const int ETIMEDOUT = 110;
    internal const int ECONNREFUSED = 111;
    internal const int EHOSTUNREACH = 113;
    internal const int EINPROGRESS = 115;

    private static readonly string?[] Texts = new string?[134]; // Linux has no higher number

    /// <summary>What the last call of this thread that keeps it left.</summary>
    internal static int Last => Marshal.GetLastPInvokeError();

    /// <summary>
    /// What the C library holds: right after a call that does not keep it. A garbage collection may stop the thread on
    /// its way back from the call; the runtime leaves errno as it was.
    /// </summary>
    internal static int Now => Marshal.GetLastSystemError();

    internal static OsFailure Failure(int code) => new(Kind(code), code, Text(code));

    internal static OsFailure LastFailure() => Failure(Last);

    /// <summary>The system looks a text up in its catalogues each time; a connection that is reset needs one.</summary>
    private static string Text(int code) => (uint)code < (uint)Texts.Length
        ? Texts[code] ??= Marshal.GetPInvokeErrorMessage(code)
        : Marshal.GetPInvokeErrorMessage(code);

    private static SocketError Kind(int code) => code switch
    {
        EACCES => SocketError.AccessDenied,
        EAGAIN => SocketError.WouldBlock,
        EADDRINUSE => SocketError.AddressAlreadyInUse,
        EADDRNOTAVAIL => SocketError.AddressNotAvailable,
        ENETUNREACH => SocketError.NetworkUnreachable,
        EHOSTUNREACH => SocketError.HostUnreachable,
        ECONNREFUSED => SocketError.ConnectionRefused,
        ECONNRESET or EPIPE => SocketError.ConnectionReset,
        ETIMEDOUT => SocketError.TimedOut,
        EMSGSIZE => SocketError.MessageSize,
        EMFILE or ENFILE => SocketError.TooManyOpenSockets,
        _ => SocketError.SocketError,
    };
}
