using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Twisted.Logging;

namespace Twisted.Daemon;

/// <summary>The options that every server of the tool has. Twisted: <c>twistd</c>'s own.</summary>
internal sealed class TwistdOptions
{
    private const string DaemonLog = "twistd.log";
    private const string DaemonPidFile = "twistd.pid";
    private const string UsualAdminPort = "twistd.sock";
    private const int DaemonFileMask = 63; // 077: what a daemon writes is its own

    private static readonly TimeSpan UsualDrain = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, LogFormat> Formats = new(StringComparer.Ordinal)
    {
        ["text"] = LogFormat.Text,
        ["json"] = LogFormat.Json,
        ["logfmt"] = LogFormat.Logfmt,
    };

    private readonly Option<bool> _noDaemon = new("--nodaemon", "-n")
    {
        Description = "Stay in the foreground and log to standard output.",
        Recursive = true,
    };

    private readonly Option<string> _logFile = new("--logfile", "-l")
    {
        Description = $"Where to log; '-' is standard output. A daemon's is {DaemonLog} unless given.",
        HelpName = "FILE",
        Recursive = true,
    };

    private readonly Option<string> _logFormat = new("--log-format")
    {
        Description = "How a line of the log is written: text, json or logfmt.",
        DefaultValueFactory = _ => "text",
        Recursive = true,
    };

    private readonly Option<LogLevel> _logLevel = new("--log-level")
    {
        Description = "The least level that is logged.",
        DefaultValueFactory = _ => LogLevel.Information,
        HelpName = "trace|debug|information|warning|error|critical|none",
        Recursive = true,
    };

    private readonly Option<string> _pidFile = new("--pidfile")
    {
        Description = $"Where to write the process id; 'none' is nowhere. A daemon's is {DaemonPidFile} unless given.",
        HelpName = "FILE",
        Recursive = true,
    };

    private readonly Option<string> _adminPort = new("--admin")
    {
        Description = "A UNIX socket on which this server hands its ports over to the next; 'none' is none. "
            + $"A daemon's is {UsualAdminPort} unless given.",
        HelpName = "FILE",
        Recursive = true,
    };

    private readonly Option<bool> _takeover = new("--takeover")
    {
        Description = "Take the ports over from the server that runs, which then lets its connections finish and ends.",
        Recursive = true,
    };

    private readonly Option<string> _runDirectory = new("--rundir", "-d")
    {
        Description = "The folder to run in; relative paths begin there.",
        HelpName = "FOLDER",
        Recursive = true,
    };

    private readonly Option<int?> _fileMask = new("--umask")
    {
        Description = "The rights that new files do not get, in octal. A daemon's is 077 unless given.",
        HelpName = "OCTAL",
        Recursive = true,
        CustomParser = ReadOctal,
    };

    private readonly Option<string> _user = new("--uid", "-u")
    {
        Description = "The user, by name or number, to become when the ports are bound.",
        HelpName = "USER",
        Recursive = true,
    };

    private readonly Option<string> _group = new("--gid", "-g")
    {
        Description = "The group to become; the user's own unless given.",
        HelpName = "GROUP",
        Recursive = true,
    };

    private readonly Option<string> _reactor = new("--reactor", "-r")
    {
        Description = $"The reactor: {string.Join(", ", Reactors.Names)}.",
        DefaultValueFactory = _ => "default",
        Recursive = true,
    };

    private readonly Option<int> _maxConnections = new("--max-connections")
    {
        Description = "How many connections are served at a time; one more is closed at once. 0 is without limit.",
        DefaultValueFactory = _ => ConnectionQuota.Usual(Reactor.DescriptorLimit),
        HelpName = "N",
        Recursive = true,
    };

    private readonly Option<double> _drain = new("--drain")
    {
        Description = "How many seconds connections may take to finish when it is told to stop.",
        DefaultValueFactory = _ => UsualDrain.TotalSeconds,
        HelpName = "SECONDS",
        Recursive = true,
    };

    private readonly Option<string> _chroot = new("--chroot")
    {
        Hidden = true,
        Recursive = true,
    };

    internal TwistdOptions()
    {
        _logFormat.AcceptOnlyFromAmong([.. Formats.Keys]);
        _maxConnections.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out int number) && number >= 0))
                result.AddError($"--max-connections is a number, 0 or more, not '{token.Value}'.");
        });
        _drain.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(double.TryParse(token.Value, CultureInfo.InvariantCulture,
                out double seconds) && seconds is >= 0 and <= int.MaxValue))
                result.AddError($"--drain is a number of seconds, 0 or more, not '{token.Value}'.");
        });
        _chroot.Validators.Add(result => result.AddError(
            "--chroot is refused: a runtime needs its own files. Let systemd do it, with RootDirectory= of the unit."));
        _takeover.Validators.Add(result =>
        {
            if (result.GetValue(_takeover) && result.GetValue(_adminPort) is "none" or "")
                result.AddError("--takeover needs the other server's admin port: --admin none has none.");
        });
        _logFile.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "-" }] && !result.GetValue(_noDaemon))
                result.AddError("a daemon has no standard output to log to: give --logfile a file, or stay with -n.");
        });
    }

    /// <summary>Says which reactors there are, and does nothing else.</summary>
    internal Option<bool> HelpReactors { get; } = new("--help-reactors")
    {
        Description = "List the reactors.",
    };

    /// <summary>Where the rest is configured.</summary>
    internal Option<string> Configuration { get; } = new("--config")
    {
        Description = "A JSON file with options that are not given here; "
            + $"{ConfigurationSources.UsualFile} if it is there.",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>All that a server is started with.</summary>
    internal IEnumerable<Option> All => [.. Configurable, Configuration, _chroot, HelpReactors];

    /// <summary>Those that a configuration may give.</summary>
    internal IEnumerable<Option> Configurable =>
    [
        _noDaemon, _logFile, _logFormat, _logLevel, _pidFile, _adminPort, _takeover, _runDirectory, _fileMask,
        _user, _group, _reactor, _maxConnections, _drain,
    ];

    /// <summary>What the command line says, with what a daemon has unless told otherwise.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="usesTerminal">Whether what is run uses the standard streams: then it stays where it is.</param>
    internal TwistdSettings Read(ParseResult parsed, bool usesTerminal)
    {
        bool noDaemon = parsed.GetValue(_noDaemon) || usesTerminal;
        string? pidFile = parsed.GetValue(_pidFile) ?? (noDaemon ? null : DaemonPidFile);
        bool takesOver = parsed.GetValue(_takeover);
        string? adminPort = parsed.GetValue(_adminPort) ?? UsualAdmin();
        string? logFile = parsed.GetValue(_logFile) ?? (noDaemon ? null : DaemonLog);
        return new TwistdSettings
        {
            NoDaemon = noDaemon,
            LogFile = logFile == "-" ? null : logFile,
            LogFormat = Formats[parsed.GetValue(_logFormat)!],
            LogLevel = parsed.GetValue(_logLevel),
            PidFile = pidFile is "none" or "" ? null : pidFile,
            AdminPort = adminPort is "none" or "" ? null : adminPort,
            TakesOver = takesOver,
            RunDirectory = parsed.GetValue(_runDirectory),
            FileMask = parsed.GetValue(_fileMask) ?? (noDaemon ? null : DaemonFileMask),
            User = parsed.GetValue(_user),
            Group = parsed.GetValue(_group),
            ReactorName = parsed.GetValue(_reactor)!,
            MaxConnections = parsed.GetValue(_maxConnections),
            DrainTimeout = TimeSpan.FromSeconds(parsed.GetValue(_drain)),
        };

        string? UsualAdmin() =>
            takesOver || (!noDaemon && Reactors.HandsOver(parsed.GetValue(_reactor)!)) ? UsualAdminPort : null;
    }

    private static int? ReadOctal(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (text.Length is > 0 and <= 4 && text.All(c => c is >= '0' and <= '7') && Convert.ToInt32(text, 8) <= 511)
            return Convert.ToInt32(text, 8);
        result.AddError($"--umask is an octal number, 0 to 777, not '{text}'.");
        return null;
    }
}
