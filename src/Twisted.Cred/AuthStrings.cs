using System.Collections.Concurrent;
using System.Text;

namespace Twisted.Cred;

/// <summary>Checkers from strings, for an option such as <c>--auth file:/etc/mail/users</c>.</summary>
/// <remarks>
/// They are written as endpoint strings are: a prefix, then arguments, separated by colons; a backslash takes the next
/// character as it is, see <see cref="Endpoints.Quote"/>. Complaints show the prefix only, for the rest may be a
/// password. Thread-safe. Twisted: <c>twisted.cred.strcred</c>.
/// </remarks>
public static class AuthStrings
{
    private static readonly ConcurrentDictionary<string, IAuthStringParser> Parsers = new(StringComparer.Ordinal)
    {
        ["anonymous"] = new AnonymousString(),
        ["memory"] = new MemoryString(),
        ["file"] = new FileString(),
    };

    /// <summary>What <c>--help-auth</c> prints: a line for each prefix.</summary>
    public static string Help
    {
        get
        {
            var text = new StringBuilder("--auth takes one of:\n");
            foreach (IAuthStringParser parser in from entry in Parsers orderby entry.Key select entry.Value)
                text.Append("  ").Append(parser.Usage).Append('\n');
            return text.Append("A backslash before a colon or an equals sign makes it a part of an argument.\n")
                .ToString();
        }
    }

    /// <summary>Makes a checker.</summary>
    /// <param name="reactor">For checkers that need its threads or its clock.</param>
    /// <param name="description">Such as <c>memory:ada:lovelace</c>, <c>file:/etc/users</c>, <c>anonymous</c>.</param>
    /// <param name="supported">
    /// The types of credentials that the protocol has; any unless given. A base type stands for all of its kind.
    /// </param>
    /// <exception cref="FormatException">The string is malformed, or the protocol can do nothing with it.</exception>
    /// <exception cref="PasswordFileException">The file that it names cannot be read, or is malformed.</exception>
    public static ICredentialsChecker Parse(
        IReactor reactor, string description, params IReadOnlyList<Type> supported)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(supported);
        EndpointDescription parsed = EndpointDescription.ParseSecret(description, "--auth");
        ICredentialsChecker checker = Find(parsed.Prefix, parsed.Error).Parse(reactor, parsed);
        if (supported.Count > 0 && !checker.CredentialTypes.Any(type => supported.Any(type.IsAssignableFrom)
            || supported.Any(one => one.IsAssignableFrom(type))))
        {
            throw parsed.Error($"it takes {Printable.Types(checker.CredentialTypes)}, and this server has "
                + Printable.Types(supported));
        }
        return checker;
    }

    /// <summary>What <c>--help-auth-type</c> prints.</summary>
    /// <param name="prefix">Which.</param>
    /// <exception cref="FormatException">There is no such prefix.</exception>
    public static string HelpFor(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        IAuthStringParser parser = Find(prefix, problem => new FormatException($"Cannot help: {problem}."));
        return $"--auth {parser.Usage}\n{parser.Help}\n";
    }

    /// <summary>Adds a prefix, for this process. Twisted finds such parsers as plugins.</summary>
    /// <param name="prefix">Letters and digits.</param>
    /// <param name="parser">Makes the checkers.</param>
    /// <exception cref="ArgumentException">The prefix is none, or it is taken.</exception>
    public static void Register(string prefix, IAuthStringParser parser)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        ArgumentNullException.ThrowIfNull(parser);
        if (!prefix.All(char.IsAsciiLetterOrDigit))
            throw new ArgumentException($"A prefix has only letters and digits, not '{prefix}'.", nameof(prefix));
        if (!Parsers.TryAdd(prefix, parser))
            throw new ArgumentException($"The prefix '{prefix}' is taken: choose another one.", nameof(prefix));
    }

    private static IAuthStringParser Find(string prefix, Func<string, FormatException> complaint)
    {
        if (Parsers.TryGetValue(prefix, out IAuthStringParser? parser))
            return parser;
        string known = string.Join(", ", Parsers.Keys.Order(StringComparer.Ordinal));
        throw complaint($"unknown kind '{Printable.Name(prefix)}'; known are {known}");
    }
}
