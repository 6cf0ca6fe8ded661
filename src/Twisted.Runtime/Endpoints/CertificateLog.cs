using Microsoft.Extensions.Logging;

namespace Twisted.Internet;

/// <summary>The log messages of this room. Event ids 1300 to 1309.</summary>
internal static partial class CertificateLog
{
    [LoggerMessage(1300, LogLevel.Warning, "{File} has changed and cannot be read: what it held before stays")]
    internal static partial void FileUnreadable(ILogger log, Exception failure, string file);

    [LoggerMessage(1301, LogLevel.Warning, "{Folder} cannot be read: the certificates that were read before stay")]
    internal static partial void FolderUnreadable(ILogger log, Exception failure, string folder);
}
