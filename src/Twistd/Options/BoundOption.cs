using System.CommandLine;
using System.CommandLine.Parsing;
using System.Reflection;
using Twisted.Application.Plugins;

namespace Twisted.Daemon;

/// <summary>A property of a record as an option of the command line.</summary>
internal sealed class BoundOption
{
    private readonly PropertyInfo _property;
    private readonly Func<OptionResult, object?> _value;

    private BoundOption(PropertyInfo property, Option option, Func<OptionResult, object?> value)
    {
        _property = property;
        _value = value;
        Option = option;
    }

    /// <summary>What the parser looks for.</summary>
    internal Option Option { get; }

    /// <summary>Makes it.</summary>
    /// <param name="property">The property.</param>
    /// <param name="declared">Its attribute.</param>
    /// <param name="initial">Its value unless the option is given.</param>
    /// <exception cref="NotSupportedException">It cannot be an option.</exception>
    internal static BoundOption Of(PropertyInfo property, OptionAttribute declared, object? initial)
    {
        string place = $"The option '{declared.Name}' of {property.DeclaringType?.Name}.{property.Name}";
        if (property.SetMethod is not { IsPublic: true })
            throw new NotSupportedException($"{place} cannot be set: give the property 'init'.");
        foreach (string name in declared.Aliases.Prepend(declared.Name))
        {
            if (!IsName(name))
                throw new NotSupportedException($"{place} has the name '{name}': write it as '--name' or '-n'.");
        }
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        BoundOption made = type == typeof(bool)
            ? Flag(property, declared, initial)
            : OptionText.Of(type) is { } text
                ? Single(property, declared, initial, text)
                : type.IsAssignableFrom(typeof(string[])) && type != typeof(object)
                    ? List(property, declared, initial)
                    : throw new NotSupportedException($"{place} is a {type.Name}, which no option can be: take a "
                        + "string, a bool, a number, a TimeSpan, an enum or an IReadOnlyList<string>.");
        made.Option.Description ??= declared.Description;
        made.Option.Required = declared.Required;
        made.Option.HelpName = declared.HelpName;
        foreach (string alias in declared.Aliases)
            made.Option.Aliases.Add(alias);
        return made;
    }

    /// <summary>Writes what the command line says to the property; nothing when it does not say it.</summary>
    internal void Write(ParseResult parsed, object options)
    {
        if (parsed.GetResult(Option) is { Implicit: false } result)
            _property.SetValue(options, _value(result));
    }

    private static BoundOption Flag(PropertyInfo property, OptionAttribute declared, object? initial)
    {
        var option = new Option<bool>(declared.Name);
        if (initial is true)
        {
            option.DefaultValueFactory = _ => true;
            option.Description = $"{declared.Description} [default: on]".Trim(); // the library's help tells no flag's
        }
        return new BoundOption(property, option, result => result.GetValue(option));
    }

    private static BoundOption Single(
        PropertyInfo property, OptionAttribute declared, object? initial, OptionText text)
    {
        var option = new Option<string>(declared.Name);
        if (initial is not null and not "")
            option.DefaultValueFactory = _ => text.Format(initial);
        option.Validators.Add(result =>
        {
            if (!result.Implicit && result.Tokens is [var token] && text.Parse(token.Value) is null)
                result.AddError($"{declared.Name} is {text.Expected}, not '{token.Value}'.");
        });
        return new BoundOption(property, option, result => text.Parse(result.GetValue(option)!));
    }

    private static BoundOption List(PropertyInfo property, OptionAttribute declared, object? initial)
    {
        var option = new Option<string[]>(declared.Name) { Arity = ArgumentArity.OneOrMore };
        if (initial is IEnumerable<string> items && items.ToArray() is { Length: > 0 } before)
            option.DefaultValueFactory = _ => before;
        return new BoundOption(property, option, result => result.GetValue(option));
    }

    private static bool IsName(string name) =>
        name.Length > 1 && name[0] == '-' && name.Trim('-').Length > 0
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
