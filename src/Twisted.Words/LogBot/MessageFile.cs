namespace Twisted.Words;

/// <summary>The one place of this room that writes files.</summary>
internal sealed class MessageFile : IMessageFile
{
    private readonly FileStream _file; // without a buffer
    private readonly string _path;
    private readonly string? _name; // what the system calls the open file; null where it does not say

    private MessageFile(FileStream file, string path)
    {
        _file = file;
        _path = path;
        _name = NameOfOpenFile();
        IsTorn = EndsInsideLine();
    }

    public bool IsTorn { get; }

    /// <summary>On Linux the system renames what is open with its file, and marks what was removed.</summary>
    public bool IsStillNamed => _name is null ? File.Exists(_path) : NameOfOpenFile() == _name;

    /// <summary>Opens a file to append to, or creates it, for its owner alone as all logs here.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not, or it is a folder.</exception>
    internal static MessageFile Open(string path)
    {
        var how = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite, // to see whether the last line is whole
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new MessageFile(new FileStream(path, how), path);
    }

    public int Append(ReadOnlySpan<byte> bytes, out Exception? failure)
    {
        long end = 0;
        try
        {
            end = Length(); // each time: somebody may have cut it to nothing
            RandomAccess.Write(_file.SafeFileHandle, bytes, end);
            failure = null;
            return bytes.Length;
        }
        catch (Exception inWrite) when (inWrite is IOException or UnauthorizedAccessException)
        {
            failure = inWrite;
            return (int)Math.Clamp(LengthOr(end) - end, 0, bytes.Length);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>0 for what has none, a pipe or a terminal.</summary>
    private long Length() => _file.CanSeek ? RandomAccess.GetLength(_file.SafeFileHandle) : 0;

    private long LengthOr(long other)
    {
        try
        {
            return Length();
        }
        catch (IOException)
        {
            return other;
        }
    }

    private bool EndsInsideLine()
    {
        long length = Length();
        Span<byte> last = stackalloc byte[1];
        return length > 0 && RandomAccess.Read(_file.SafeFileHandle, last, length - 1) == 1 && last[0] != (byte)'\n';
    }

    private string? NameOfOpenFile() => OperatingSystem.IsLinux()
        ? new FileInfo($"/proc/self/fd/{_file.SafeFileHandle.DangerousGetHandle()}").LinkTarget
        : null;
}
