using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace Twisted.Fuzzing;

/// <summary>Endpoint strings, with every prefix that a reactor of an operating system has.</summary>
/// <remarks>
/// Nothing listens and nothing connects. The files that a string may name are those of <see cref="Scratch"/>.
/// </remarks>
internal sealed class EndpointTarget : FuzzTarget
{
    private readonly IReactor _reactor = Reactor.Create(new ReactorOptions { Logging = NullLoggerFactory.Instance });
    private readonly Action<string> _parse;

    private EndpointTarget(string name, Action<IReactor, string> parse) : base(name) =>
        _parse = text => parse(_reactor, text);

    internal override int Limit => 8192;

    internal override bool IsStream => false;

    /// <summary>Certificates are read, and a complaint shows the string.</summary>
    internal override int AllocationBase => 4 * 1024 * 1024;

    internal override IReadOnlyList<byte[]> Tokens => Words(
        "tcp:", "tcp6:", "unix:", "haproxy:", "stdio:", "process:", "ssl:", "tls:", "fd:", "systemd:", "tcp\\:80",
        ":", "=", "\\", "\\:", "\\=", ",", "port=", "interface=", "backlog=", "reuseport=1", "keepalive=1",
        "keepalive=1,2,3", "userTimeout=5", "nodelay=0", "timeout=", "bindAddress=", "mode=660", "lockfile=0",
        "trust=10.0.0.0/8", "trust=::1", "domain=INET", "index=0", "name=web", "privateKey=", "certKey=",
        "server.pem", "folder", "sslmethod=TLS_METHOD", "extraCertChain=", "trustRoots=", "certificate=",
        "caCertsDir=", "endpoint=", "hostname=", "cwd=", "127.0.0.1", "\\:\\:1", "localhost", "8080", "0", ".", "..",
        "\0", "\u00e9", "haproxy:haproxy:haproxy:");

    internal static EndpointTarget Server() => new("server-string", (reactor, text) => Endpoints.Server(reactor, text));

    internal static EndpointTarget Client() => new("client-string", (reactor, text) => Endpoints.Client(reactor, text));

    internal override void Run(ReadOnlySpan<byte> input, IReadOnlyList<int> sizes, Outcome outcome)
    {
        string text = Encoding.UTF8.GetString(input);
        _parse(text);
        outcome.Add("endpoint", []);
    }

    /// <summary>What the documentation of Server and Client names.</summary>
    internal override bool IsOwnError(Exception failure) => failure is FormatException or IOException
        or InvalidDataException;

    /// <summary>Any text is one argument when it is quoted, and many stay many.</summary>
    internal override void Verify(ReadOnlySpan<byte> input, Outcome outcome)
    {
        string text = Encoding.UTF8.GetString(input);
        string[] arguments = [text, .. text.Split(':')];
        string quoted = "fuzz:" + string.Join(':', arguments.Select(Endpoints.Quote));
        if (quoted.Length > Limit)
            return;
        IReadOnlyList<string> seen = EndpointDescription.Parse(quoted).TakeList(0);
        if (!seen.SequenceEqual(arguments))
            throw new DefectException("roundtrip", $"'{quoted}' is read as {string.Join(" | ", seen)}");
    }

    /// <summary>The sockets of systemd, for this process; once, before any thread reads the environment.</summary>
    internal static void SetInheritedSockets()
    {
        Environment.SetEnvironmentVariable("LISTEN_PID", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        Environment.SetEnvironmentVariable("LISTEN_FDS", "2");
        Environment.SetEnvironmentVariable("LISTEN_FDNAMES", "web:mail");
    }
}
