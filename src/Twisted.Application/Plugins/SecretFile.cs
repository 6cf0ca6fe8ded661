namespace Twisted.Application.Plugins;

/// <summary>A secret in a file, for options that name one: what a command line says everybody sees.</summary>
public static class SecretFile
{
    private const int Longest = 4096;

    /// <summary>Its bytes, without the white space at both ends, which editors leave. Any thread; it blocks.</summary>
    /// <param name="path">The file; 4,096 bytes at most.</param>
    /// <exception cref="FormatException">It cannot be read, or is too long.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] bytes = new byte[Longest + 1];
            int count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return count > Longest
                ? throw new FormatException($"The secret in {path} is longer than {Longest} bytes.")
                : bytes.AsSpan(0, count).Trim(" \t\r\n"u8).ToArray();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FormatException($"The secret cannot be read: {failure.Message}", failure);
        }
    }
}
