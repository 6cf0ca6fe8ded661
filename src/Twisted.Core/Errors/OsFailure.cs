using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>
/// What the operating system said when something failed: drivers make it, <see cref="FailureText"/> reads it.
/// </summary>
/// <param name="Kind">The kind, the same on every system.</param>
/// <param name="Code">The system's own number (errno).</param>
/// <param name="Text">The system's own words.</param>
internal readonly record struct OsFailure(SocketError Kind, int Code, string Text);
