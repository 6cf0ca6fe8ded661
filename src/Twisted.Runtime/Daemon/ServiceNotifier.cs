using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Twisted.Internet;

/// <summary>Tells systemd how a service is (sd_notify(3)): READY, RELOADING, STOPPING, WATCHDOG.</summary>
/// <remarks>
/// Does nothing where nobody listens, that is without NOTIFY_SOCKET. The watchdog is fed from the reactor's loop: one
/// that stands still is killed and started again. Reactor thread.
/// </remarks>
public sealed class ServiceNotifier : IDisposable
{
    private readonly Socket? _socket;
    private readonly UnixDomainSocketEndPoint? _manager;
    private readonly LoopingCall? _watchdog;

    private ServiceNotifier(IReactorTime reactor, string? path, TimeSpan? watchdog)
    {
        if (path is null)
            return;
        // '@' stands for the zero byte of an abstract name.
        _manager = new UnixDomainSocketEndPoint(path[0] == '@' ? $"\0{path[1..]}" : path);
        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        if (watchdog is not { } limit)
            return;
        _watchdog = new LoopingCall(reactor, () => Send("WATCHDOG=1"));
        _watchdog.Start(limit / 2).Forget(); // twice as often as asked for, as sd_watchdog_enabled(3) advises
    }

    /// <summary>The notifier that the environment asks for: NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID.</summary>
    /// <param name="reactor">The reactor that feeds the watchdog.</param>
    public static ServiceNotifier FromEnvironment(IReactorTime reactor)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        string? path = Environment.GetEnvironmentVariable("NOTIFY_SOCKET");
        bool isOurs = Environment.GetEnvironmentVariable("WATCHDOG_PID") is not { Length: > 0 } pid
            || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        TimeSpan? watchdog = isOurs && long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"),
            NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
        return new ServiceNotifier(reactor, path is { Length: > 1 } ? path : null, watchdog);
    }

    /// <summary>The service serves.</summary>
    /// <param name="status">A line for people, shown by systemctl status.</param>
    public void Ready(string status) => Send($"READY=1\nSTATUS={OneLine(status)}\nMAINPID={Environment.ProcessId}");

    /// <summary>The configuration is being read again; Ready ends it.</summary>
    public void Reloading() =>
        Send($"RELOADING=1\nMONOTONIC_USEC={Environment.TickCount64 * 1000}"); // CLOCK_MONOTONIC, as it asks for

    /// <summary>The service ends.</summary>
    /// <param name="status">A line for people.</param>
    public void Stopping(string status) => Send($"STOPPING=1\nSTATUS={OneLine(status)}");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_watchdog is { IsRunning: true })
            _watchdog.Stop();
        _socket?.Dispose();
    }

    private void Send(string state)
    {
        try
        {
            _socket?.SendTo(Encoding.UTF8.GetBytes(state), SocketFlags.None, _manager!);
        }
        catch (SocketException)
        {
            // The manager does not listen, or its queue is full: a service serves whoever watches.
        }
    }

    private static string OneLine(string status) => status.ReplaceLineEndings(" ");
}
