using System.Globalization;

namespace Twisted.Internet;

/// <summary>The sockets that systemd gave this process (sd_listen_fds(3)). Twisted: <c>ListenFDs</c>.</summary>
internal sealed class InheritedSockets(Func<string, string?> variable, int processId)
{
    private const int First = 3; // after the standard streams: SD_LISTEN_FDS_START

    /// <summary>Those of this process.</summary>
    internal static InheritedSockets OfProcess { get; } =
        new(Environment.GetEnvironmentVariable, Environment.ProcessId);

    /// <summary>The descriptor at a place, from 0.</summary>
    internal int At(EndpointDescription description, int index)
    {
        int count = Count(description);
        return index < count
            ? First + index
            : throw description.Error($"systemd gave {count} sockets: there is no index {index}");
    }

    /// <summary>The descriptor with a name, as in FileDescriptorName= of the unit.</summary>
    internal int Named(EndpointDescription description, string name)
    {
        int count = Count(description);
        string[] names = variable("LISTEN_FDNAMES")?.Split(':') ?? [];
        int index = Array.IndexOf(names, name);
        return index >= 0 && index < count
            ? First + index
            : throw description.Error($"systemd gave no socket '{name}'; there are {string.Join(", ", names)}");
    }

    private int Count(EndpointDescription description)
    {
        if (variable("LISTEN_PID") is not { } pid || variable("LISTEN_FDS") is not { } sockets)
            throw description.Error("systemd gave no sockets: LISTEN_PID and LISTEN_FDS are not set");
        if (pid != processId.ToString(CultureInfo.InvariantCulture))
            throw description.Error($"the sockets of systemd are for process {pid}, and this one is {processId}");
        return description.ToNumber("LISTEN_FDS", sockets, 0, 65_535);
    }
}
