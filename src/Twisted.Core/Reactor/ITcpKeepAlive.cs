namespace Twisted.Internet;

/// <summary>
/// How a silent or dead TCP peer is found out; ask with <c>transport.Get&lt;ITcpKeepAlive&gt;()</c>. Reactor thread
/// only. The probes are sent when <see cref="ITcpTransport.KeepAlive"/> is on.
/// </summary>
public interface ITcpKeepAlive
{
    /// <summary>Silence before the first probe, in whole seconds, rounded up; at least one.</summary>
    TimeSpan Idle { get; set; }

    /// <summary>Time between two probes, in whole seconds, rounded up; at least one.</summary>
    TimeSpan Interval { get; set; }

    /// <summary>How many probes go unanswered before the connection is lost; 1 to 127.</summary>
    int Count { get; set; }

    /// <summary>
    /// How long what was sent may stay unacknowledged before the connection is lost (TCP_USER_TIMEOUT), in
    /// milliseconds, rounded up; zero is the system's own choice. RFC 5482.
    /// </summary>
    /// <exception cref="PlatformNotSupportedException">This system is not Linux.</exception>
    TimeSpan UserTimeout { get; set; }
}
