namespace Twisted.Daemon;

/// <summary>A defect leaves its stack in a file of the running folder. Twisted: TWISTD-CRASH.log.</summary>
internal static class CrashFile
{
    private const string Name = "TWISTD-CRASH.log";

    /// <summary>Writes the file.</summary>
    /// <returns>A sentence that says where it is, or why there is none.</returns>
    internal static string Write(Exception defect)
    {
        string path = Path.GetFullPath(Name);
        try
        {
            File.AppendAllText(path, $"{DateTimeOffset.UtcNow:O} {defect}\n");
            return $"See {path}.";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"{path} could not be written: {failure.Message}";
        }
    }
}
