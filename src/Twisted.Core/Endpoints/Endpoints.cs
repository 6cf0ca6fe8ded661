using System.Collections.Concurrent;

namespace Twisted.Internet;

/// <summary>Endpoints from strings: <c>tcp:8007:interface=127.0.0.1</c>, <c>tcp:localhost:8007:timeout=5</c>.</summary>
/// <remarks>
/// A prefix, then arguments by place, then by name. A backslash takes the next character as it is; see
/// <see cref="Quote"/>. Thread-safe. Twisted: <c>serverFromString</c> and <c>clientFromString</c>.
/// </remarks>
public static class Endpoints
{
    /// <summary>Each wrapper reads the whole rest of the string; nobody needs more than three or four.</summary>
    private const int MostNested = 16;

    [ThreadStatic] private static int _nested;

    /// <summary>Prefixes that a reactor of an operating system knows: nobody else may take them.</summary>
    private static readonly string[] OfReactors = ["ssl", "tls", "fd", "systemd"];

    /// <summary>Prefixes of one direction: nobody may take them for the other.</summary>
    private static readonly string[] OneWay = ["stdio", "process"];

    private static readonly ConcurrentDictionary<string, Func<IReactor, EndpointDescription, IStreamServerEndpoint>>
        Servers = new(StringComparer.Ordinal)
        {
            ["tcp"] = ServerStrings.Tcp,
            ["tcp6"] = ServerStrings.Tcp6,
            ["unix"] = ServerStrings.Unix,
            ["haproxy"] = ServerStrings.Proxy,
            ["stdio"] = ServerStrings.StandardIO,
        };

    private static readonly ConcurrentDictionary<string, Func<IReactor, EndpointDescription, IStreamClientEndpoint>>
        Clients = new(StringComparer.Ordinal)
        {
            ["tcp"] = ClientStrings.Tcp,
            ["unix"] = ClientStrings.Unix,
            ["process"] = ClientStrings.Process,
        };

    /// <summary>Where to listen.</summary>
    /// <param name="reactor">The reactor.</param>
    /// <param name="description">
    /// Such as <c>tcp:PORT[:interface=ADDRESS][:backlog=N][:reuseport=1][:keepalive=IDLE,INTERVAL,COUNT]
    /// [:userTimeout=SECONDS][:nodelay=0]</c>; PORT 0 takes a free one. The guide lists every prefix.
    /// </param>
    /// <exception cref="FormatException">The string is malformed; the message says where.</exception>
    /// <exception cref="IOException">A file that it names cannot be read; the message says which.</exception>
    /// <exception cref="InvalidDataException">
    /// A file that it names has no certificate or no key; the message says which.
    /// </exception>
    public static IStreamServerEndpoint Server(IReactor reactor, string description) =>
        Make(reactor, description, Servers, (reactor as IReactorEndpoints)?.ServerParsers);

    /// <summary>Where to connect to.</summary>
    /// <param name="reactor">The reactor.</param>
    /// <param name="description">
    /// Such as <c>tcp:HOST:PORT[:timeout=SECONDS][:bindAddress=ADDRESS]</c>. The guide lists every prefix.
    /// </param>
    /// <exception cref="FormatException">The string is malformed; the message says where.</exception>
    /// <exception cref="IOException">A file that it names cannot be read; the message says which.</exception>
    /// <exception cref="InvalidDataException">
    /// A file that it names has no certificate or no key; the message says which.
    /// </exception>
    public static IStreamClientEndpoint Client(IReactor reactor, string description) =>
        Make(reactor, description, Clients, (reactor as IReactorEndpoints)?.ClientParsers);

    /// <summary>Adds a prefix for servers, for this process. Twisted finds such parsers as plugins.</summary>
    /// <param name="prefix">Letters and digits.</param>
    /// <param name="parser">Makes the endpoints.</param>
    /// <exception cref="ArgumentException">The prefix is none, or it is taken.</exception>
    public static void RegisterServer(string prefix, IStreamServerEndpointParser parser)
    {
        ArgumentNullException.ThrowIfNull(parser);
        Register(prefix, parser.Parse, Servers);
    }

    /// <summary>Adds a prefix for clients, for this process. Twisted finds such parsers as plugins.</summary>
    /// <param name="prefix">Letters and digits.</param>
    /// <param name="parser">Makes the endpoints.</param>
    /// <exception cref="ArgumentException">The prefix is none, or it is taken.</exception>
    public static void RegisterClient(string prefix, IStreamClientEndpointParser parser)
    {
        ArgumentNullException.ThrowIfNull(parser);
        Register(prefix, parser.Parse, Clients);
    }

    /// <summary>Makes an argument safe to put into an endpoint string. Twisted: <c>quoteStringArgument</c>.</summary>
    /// <param name="argument">Any text: a path, an IPv6 address.</param>
    public static string Quote(string argument)
    {
        ArgumentNullException.ThrowIfNull(argument);
        return argument.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace(":", "\\:", StringComparison.Ordinal)
            .Replace("=", "\\=", StringComparison.Ordinal);
    }

    private static T Make<T>(IReactor reactor, string description,
        ConcurrentDictionary<string, Func<IReactor, EndpointDescription, T>> known,
        IReadOnlyDictionary<string, Func<IReactor, EndpointDescription, T>>? ofReactor)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        ArgumentNullException.ThrowIfNull(description);
        EndpointDescription parsed = EndpointDescription.Parse(description);
        if (_nested == MostNested)
            throw parsed.Error($"it is the last of more than {MostNested} endpoints, each within the one before it");
        _nested++;
        try
        {
            return Find(reactor, parsed, known, ofReactor)(reactor, parsed);
        }
        finally
        {
            _nested--;
        }
    }

    private static Func<IReactor, EndpointDescription, T> Find<T>(IReactor reactor, EndpointDescription parsed,
        ConcurrentDictionary<string, Func<IReactor, EndpointDescription, T>> known,
        IReadOnlyDictionary<string, Func<IReactor, EndpointDescription, T>>? ofReactor)
    {
        if (known.TryGetValue(parsed.Prefix, out Func<IReactor, EndpointDescription, T>? make)
            || (ofReactor?.TryGetValue(parsed.Prefix, out make) ?? false))
            return make;
        if (ofReactor is null && OfReactors.Contains(parsed.Prefix))
        {
            throw parsed.Error($"{reactor.GetType().Name} has no '{parsed.Prefix}', which needs an operating system; "
                + "the reactors of Reactor.Create have it");
        }
        string all = string.Join(", ", known.Keys.Concat(ofReactor?.Keys ?? []).Order(StringComparer.Ordinal));
        throw parsed.Error($"unknown prefix '{parsed.Prefix}'; known are {all}");
    }

    private static void Register<T>(string prefix, Func<IReactor, EndpointDescription, T> parse,
        ConcurrentDictionary<string, Func<IReactor, EndpointDescription, T>> known)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        if (!prefix.All(char.IsAsciiLetterOrDigit))
            throw new ArgumentException($"A prefix has only letters and digits, not '{prefix}'.", nameof(prefix));
        if (OfReactors.Contains(prefix) || OneWay.Contains(prefix) || !known.TryAdd(prefix, parse))
            throw new ArgumentException($"The prefix '{prefix}' is taken: choose another one.", nameof(prefix));
    }
}
