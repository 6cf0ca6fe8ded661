namespace Twisted.Internet;

/// <summary>What can be wrong with the options of a process on every system.</summary>
internal static class ProcessArguments
{
    internal static void Check(ProcessOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.FileName, nameof(options));
        CheckText(options.FileName);
        CheckText(options.ArgumentZero);
        CheckText(options.WorkingDirectory);
        foreach (string argument in options.Arguments)
        {
            ArgumentNullException.ThrowIfNull(argument, nameof(options));
            CheckText(argument);
        }
        foreach ((string name, string value) in options.Environment ?? new Dictionary<string, string>())
        {
            if (name.Length == 0 || name.Contains('=', StringComparison.Ordinal))
                throw Wrong($"'{name}' cannot be the name of an environment variable.");
            CheckText(name);
            CheckText(value);
        }
        CheckDescriptors(options);
    }

    private static void CheckDescriptors(ProcessOptions options)
    {
        const int Most = 1024; // the soft limit that every program starts with
        if (options is { UsePty: true, ChildDescriptors: not null })
            throw Wrong("A process with a terminal has no other descriptors. Use UsePty or ChildDescriptors.");
        if (options is { UsePty: false, WindowSize: not null })
            throw Wrong("WindowSize is for a process with a terminal. Set UsePty.");
        if (options.UserId < 0 || options.GroupId < 0)
            throw Wrong($"UserId {options.UserId} and GroupId {options.GroupId} must not be negative.");
        foreach ((int number, ChildDescriptor descriptor) in
            options.ChildDescriptors ?? new Dictionary<int, ChildDescriptor>())
        {
            ArgumentNullException.ThrowIfNull(descriptor, nameof(options));
            if (number is < 0 or >= Most)
                throw Wrong($"{number} is no descriptor of a child. Use 0 to {Most - 1}.");
        }
    }

    /// <summary>To the system a NUL ends a text: what stands behind it would be lost without a word.</summary>
    private static void CheckText(string? text)
    {
        if (text?.Contains('\0', StringComparison.Ordinal) == true)
            throw Wrong($"'{text.Replace("\0", "\\0", StringComparison.Ordinal)}' contains a NUL character.");
    }

    private static ArgumentException Wrong(string message) => new(message);
}
