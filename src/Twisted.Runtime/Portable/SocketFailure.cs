using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>What .NET's sockets say of a failure, in the system's own number and words.</summary>
internal static class SocketFailure
{
    /// <summary>The exception knows the number and the words; it is not thrown.</summary>
    internal static OsFailure Of(SocketError error) => Of(new SocketException((int)error));

    internal static OsFailure Of(SocketException failure) =>
        new(failure.SocketErrorCode, failure.ErrorCode, failure.Message);
}
