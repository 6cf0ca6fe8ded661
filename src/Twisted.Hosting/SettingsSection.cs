using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Twisted.Hosting;

/// <summary>Settings of one thing in the configuration; what is wrong is told with its whole path.</summary>
/// <param name="configuration">The host's; null when it has none.</param>
/// <param name="path">The section.</param>
/// <param name="keys">All that it may have, for who misspells one; none of them reads single keys only.</param>
internal sealed class SettingsSection(IConfiguration? configuration, string path, params string[] keys)
{
    internal const string Root = "Twisted";
    internal const string Servers = "Twisted:Servers";
    internal const string Clients = "Twisted:Clients";

    private readonly IConfigurationSection? _section = configuration?.GetSection(path);

    /// <summary>Nothing else may stand here.</summary>
    internal void Check()
    {
        foreach (IConfigurationSection given in _section?.GetChildren() ?? [])
        {
            if (!keys.Contains(given.Key, StringComparer.OrdinalIgnoreCase))
                throw Wrong($"{path}:{given.Key} is no setting. There are: {string.Join(", ", keys)}.");
        }
    }

    internal string? Text(string key) => _section?[key];

    internal int? Number(string key)
    {
        if (Text(key) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw Wrong($"{path}:{key} is '{text}', which is no whole number.");
    }

    /// <summary>A number is of seconds; <see cref="TimeSpan"/> alone would take it for days.</summary>
    internal TimeSpan? Time(string key)
    {
        if (Text(key) is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            && Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds)
            return TimeSpan.FromSeconds(seconds);
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time)
            ? time
            : throw Wrong($"{path}:{key} is '{text}', which is no time. Write seconds, or hours:minutes:seconds.");
    }

    private OptionsValidationException Wrong(string failure) => new(path, typeof(SettingsSection), [failure]);
}
