using System.CommandLine;
using System.Reflection;
using Twisted.Application.Plugins;

namespace Twisted.Daemon;

/// <summary>The options that a maker's record declares, and the record that the command line says.</summary>
internal sealed class OptionBinder
{
    /// <summary>The option that by custom says where to listen.</summary>
    private const string PortName = "--port";

    private readonly IServiceMaker _maker;
    private readonly List<BoundOption> _options = [];

    /// <summary>Reads the record.</summary>
    /// <param name="maker">Whose record.</param>
    /// <param name="taken">The names of the tool's own options.</param>
    /// <exception cref="NotSupportedException">A property cannot be an option, or a name is taken.</exception>
    internal OptionBinder(IServiceMaker maker, IEnumerable<string> taken)
    {
        _maker = maker;
        var names = taken.ToHashSet(StringComparer.Ordinal);
        object initial = maker.MakeOptions();
        foreach (PropertyInfo property in maker.OptionsType.GetProperties())
        {
            if (property.GetCustomAttribute<OptionAttribute>() is not { } declared)
                continue;
            foreach (string name in declared.Aliases.Prepend(declared.Name))
            {
                if (!names.Add(name))
                    throw new NotSupportedException(
                        $"The option '{name}' of {maker.OptionsType.Name} is there already: name it otherwise.");
            }
            _options.Add(BoundOption.Of(property, declared, property.GetValue(initial)));
        }
    }

    /// <summary>What the parser looks for.</summary>
    internal IEnumerable<Option> Options => _options.Select(option => option.Option);

    /// <summary>The record, as the command line says.</summary>
    internal object Read(ParseResult parsed)
    {
        object options = _maker.MakeOptions();
        foreach (BoundOption option in _options)
            option.Write(parsed, options);
        return options;
    }

    /// <summary>
    /// Whether the port is this process's own standard streams, which a daemon does not have. It has to be known before
    /// there is a daemon, so the option's name tells.
    /// </summary>
    internal bool UsesTerminal(ParseResult parsed) =>
        _options.Find(option => option.Option.Name == PortName)?.Option is Option<string> port
        && parsed.GetValue(port) is { } endpoint
        && IsTerminal(endpoint);

    /// <summary>Whether an endpoint is this process's own standard streams.</summary>
    internal static bool IsTerminal(string endpoint) => endpoint.StartsWith("stdio", StringComparison.Ordinal);
}
