using Microsoft.Extensions.Logging;

namespace Twisted.Cred;

/// <summary>The log messages of this room. Event ids 1700 to 1709.</summary>
internal static partial class CredLog
{
    [LoggerMessage(1700, LogLevel.Information, "Read {Path} again: {Count} users")]
    internal static partial void FileRead(ILogger log, string path, int count);

    [LoggerMessage(1701, LogLevel.Error,
        "The password file changed and is broken; its users stay as they were. {Problem}")]
    internal static partial void FileBroken(ILogger log, string problem);
}
