using System.Globalization;

namespace Twisted.Logging;

/// <summary>The old files beside a log: gives way to a new one, and removes those that are too many.</summary>
/// <remarks>A rename replaces in one step, so no name is ever half a file, whoever else renames.</remarks>
internal static class RotatedFiles
{
    private const string DayFormat = "yyyy_MM_dd";

    /// <summary>name becomes name.1, name.1 becomes name.2, and so on up to the first gap.</summary>
    internal static void BySize(string path, int? most)
    {
        int last = 1;
        while (last < (most ?? int.MaxValue) && File.Exists(Name(path, last)))
            last++;
        if (most == 0)
            File.Delete(path);
        else
        {
            for (int number = last; number > 1; number--)
                File.Move(Name(path, number - 1), Name(path, number), overwrite: true); // the last falls out
            Move(path, Name(path, 1));
        }
        for (int number = most == 0 ? 1 : last + 1; most is not null && File.Exists(Name(path, number)); number++)
            File.Delete(Name(path, number)); // more were kept before
    }

    /// <summary>name becomes name.yyyy_MM_dd; what that day has already is continued under a number.</summary>
    internal static void ByDay(string path, DateOnly day, int? most)
    {
        string name = $"{path}.{day.ToString(DayFormat, CultureInfo.InvariantCulture)}";
        string free = name;
        for (int number = 1; File.Exists(free); number++)
            free = Name(name, number);
        Move(path, free);
        if (most is null)
            return;
        string[] old =
        [
            .. Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(path)!, System.IO.Path.GetFileName(path) + ".*")
                .Where(file => IsOfDay(file[(path.Length + 1)..])).OrderDescending(StringComparer.Ordinal),
        ];
        foreach (string file in old.Skip(most.Value))
            File.Delete(file);
    }

    private static void Move(string path, string name)
    {
        if (File.Exists(path)) // else somebody was quicker, or has removed it
            File.Move(path, name, overwrite: true);
    }

    private static bool IsOfDay(string suffix) => DateOnly.TryParseExact(
        suffix.Split('.')[0], DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static string Name(string path, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{path}.{number}");
}
