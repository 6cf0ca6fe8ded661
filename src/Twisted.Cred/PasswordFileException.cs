namespace Twisted.Cred;

/// <summary>A password file cannot be read, or does not say what it should.</summary>
/// <remarks>The message is as a compiler's: file, line, column, what was expected. It shows nothing else.</remarks>
public sealed class PasswordFileException : IOException
{
    internal PasswordFileException(string path, int line, int column, string expected)
        : base($"{path}:{line}:{column}: {expected}.")
    {
        Path = path;
        Line = line;
        Column = column;
    }

    internal PasswordFileException(string path, Exception reason)
        : base($"Cannot read the password file {path}: {reason.Message}", reason) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The line, from 1; 0 when the file cannot be read at all.</summary>
    public int Line { get; }

    /// <summary>The column, in characters from 1; 0 when the file cannot be read at all.</summary>
    public int Column { get; }
}
