namespace Twisted.Processes;

/// <summary>The real programs that tests talk to. Each stands in tests/peers.txt with its package.</summary>
public static class Peers
{
    /// <summary>Debian's Python.</summary>
    public const string Python = "/usr/bin/python3";

    /// <summary>The original.</summary>
    public const string Twisted = "/usr/lib/python3/dist-packages/twisted/__init__.py";

    /// <summary>Debian's netcat of OpenBSD, whose option -N closes its sending side at the end of its input.</summary>
    public const string Nc = "nc.openbsd";

    /// <summary>Anything to anything.</summary>
    public const string Socat = "socat";

    /// <summary>A terminal over TCP.</summary>
    public const string Telnet = "telnet";

    /// <summary>The finger client.</summary>
    public const string Finger = "finger";

    /// <summary>TLS clients and servers, in the words of the library behind most of them.</summary>
    public const string OpenSsl = "openssl";

    /// <summary>Reads capture files.</summary>
    public const string Tshark = "tshark";

    /// <summary>What the original needs for TLS.</summary>
    public const string TwistedTls = "/usr/lib/python3/dist-packages/OpenSSL/__init__.py";

    /// <summary>A proxy that tells whom it speaks for.</summary>
    public const string Haproxy = "/usr/sbin/haproxy";

    /// <summary>A message broker.</summary>
    public const string NatsServer = "/usr/sbin/nats-server";

    /// <summary>A server of IRC.</summary>
    public const string Ngircd = "/usr/sbin/ngircd";

    /// <summary>Another one, with more capabilities.</summary>
    public const string Inspircd = "/usr/sbin/inspircd";

    /// <summary>A client of IRC for people.</summary>
    public const string Irssi = "irssi";

    /// <summary>A terminal that a program can look at.</summary>
    public const string Tmux = "tmux";

    /// <summary>A library of IRC for Python.</summary>
    public const string PythonIrc = "/usr/lib/python3/dist-packages/irc/client.py";

    /// <summary>Makes network namespaces.</summary>
    public const string Ip = "ip";

    /// <summary>The library behind GTK's loop.</summary>
    public const string GLib = "/usr/lib/x86_64-linux-gnu/libglib-2.0.so.0";

    /// <summary>Opens sockets for a program as systemd does for a service.</summary>
    public const string SocketActivate = "systemd-socket-activate";

    /// <summary>Shows the sockets of this machine.</summary>
    public const string Ss = "ss";

    /// <summary>Runs a program as somebody else.</summary>
    public const string Setpriv = "setpriv";

    /// <summary>Runs a program with other limits.</summary>
    public const string Prlimit = "prlimit";

    /// <summary>No program, but a right: to make network namespaces.</summary>
    public const string Root = "root's rights";

    /// <summary>Why a test with these peers cannot run here; null when it can, or must.</summary>
    internal static string? Missing(string[] probes)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
            return null;
        string[] missing = [.. probes.Where(probe => !IsThere(probe))];
        return missing.Length == 0
            ? null
            : $"Not installed: {string.Join(", ", missing)}. To install it: ./test --install-peers";
    }

    private static bool IsThere(string probe) => probe == Root
        ? Environment.IsPrivilegedProcess
        : SearchPath().Prepend("/").Any(folder => File.Exists(Path.Combine(folder, probe)));

    private static IEnumerable<string> SearchPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
}
