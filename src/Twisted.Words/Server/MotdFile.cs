namespace Twisted.Words;

/// <summary>The one place of this room that reads files: the message of the day.</summary>
internal static class MotdFile
{
    private const int Longest = 64 * 1024;

    /// <summary>Its lines.</summary>
    /// <exception cref="FormatException">It cannot be read, or is too long.</exception>
    internal static IReadOnlyList<string> Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] bytes = new byte[Longest + 1];
            int count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count > Longest)
                throw new FormatException($"The message of the day in {path} is longer than {Longest} bytes.");
            string text = IrcEncoding.Decode(bytes.AsSpan(0, count)).Replace("\0", "", StringComparison.Ordinal);
            return text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FormatException($"The message of the day cannot be read: {failure.Message}", failure);
        }
    }
}
