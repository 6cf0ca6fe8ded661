namespace Twisted.Cred;

/// <summary>
/// A password file on disk: the one class of this room that touches files. It is read again when it has changed; one
/// that is broken then leaves the table as it was.
/// </summary>
/// <remarks>Threads of the pool use it, under a lock: two of them need not read the same file.</remarks>
internal sealed class PasswordFile
{
    private readonly Lock _reading = new();
    private readonly string _path;
    private readonly FileCheckerOptions _options;
    private readonly Action<PasswordFileException> _report;
    private readonly Action<int> _tellReloaded;
    private (DateTime, long) _stamp;
    private PasswordTable _table;
    private volatile PasswordFileException? _problem;

    /// <exception cref="PasswordFileException">It cannot be read, or is malformed.</exception>
    internal PasswordFile(string path, FileCheckerOptions options, Action<PasswordFileException> report,
        Action<int> tellReloaded)
    {
        _path = path;
        _options = options;
        _report = report;
        _tellReloaded = tellReloaded;
        _stamp = Stamp();
        _table = Read();
    }

    /// <summary>What is wrong with the file since it changed; null when nothing is.</summary>
    internal PasswordFileException? Problem => _problem;

    /// <summary>The table as of now, or the last good one. It blocks for as long as the disk does.</summary>
    internal PasswordTable Current()
    {
        lock (_reading)
        {
            (DateTime, long) stamp = Stamp();
            if (stamp == _stamp)
                return _table;
            _stamp = stamp; // before reading: a change meanwhile is seen next time, a broken file reported once
            try
            {
                _table = Read();
                _problem = null;
                _tellReloaded(_table.Count);
            }
            catch (PasswordFileException problem)
            {
                _problem = problem;
                _report(problem);
            }
            return _table;
        }
    }

    private (DateTime, long) Stamp()
    {
        var file = new FileInfo(_path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }

    private PasswordTable Read()
    {
        byte[] data;
        try
        {
            using var stream = new FileStream(_path, FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete);
            data = ReadAtMost(stream, PasswordTable.LargestFile + 1); // one more: then it is too large
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new PasswordFileException(_path, failure);
        }
        return PasswordTable.Parse(data, _path, _options);
    }

    /// <summary>Its length may be a lie, or change while we read.</summary>
    private static byte[] ReadAtMost(FileStream stream, int most)
    {
        using var data = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        while (data.Length < most)
        {
            int count = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, most - data.Length));
            if (count == 0)
                break;
            data.Write(buffer, 0, count);
        }
        return data.ToArray();
    }
}
