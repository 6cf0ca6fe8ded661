using Microsoft.Win32.SafeHandles;

namespace Twisted.Words;

/// <summary>
/// The one place of this room that touches files. Everything here may wait for a disk: call it off the reactor thread.
/// <see cref="Dispose"/> is safe while another thread reads or writes.
/// </summary>
internal sealed class DccFile : IDisposable
{
    private const string Unfinished = ".part";

    private readonly SafeFileHandle _handle;
    private readonly string _path;
    private readonly string _finalPath;

    private DccFile(SafeFileHandle handle, string path, string finalPath)
    {
        _handle = handle;
        _path = path;
        _finalPath = finalPath;
        Length = RandomAccess.GetLength(handle);
    }

    /// <summary>How long it was when it was opened.</summary>
    internal long Length { get; }

    internal static DccFile Open(string path) => new(File.OpenHandle(path), path, path);

    /// <summary>A new file under another name until it is whole, or the one of an earlier attempt.</summary>
    /// <param name="folder">It exists.</param>
    /// <param name="name">A safe one.</param>
    /// <param name="resume">Whether to go on with what is there.</param>
    internal static DccFile Create(string folder, string name, bool resume)
    {
        string finalPath = Path.Combine(Path.GetFullPath(folder), name);
        if (File.Exists(finalPath) || Directory.Exists(finalPath))
            throw new IOException($"{finalPath} is there already: move it away, or choose another folder.");
        string path = finalPath + Unfinished;
        bool goesOn = resume && new FileInfo(path) is { Exists: true, LinkTarget: null };
        return new DccFile(
            File.OpenHandle(path, goesOn ? FileMode.Open : FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None),
            path, finalPath);
    }

    internal int Read(Span<byte> bytes, long position) => RandomAccess.Read(_handle, bytes, position);

    internal void Write(ReadOnlySpan<byte> bytes, long position) => RandomAccess.Write(_handle, bytes, position);

    /// <summary>It is whole: it gets its name, unless that is taken by now.</summary>
    /// <returns>Its path.</returns>
    internal string Finish()
    {
        RandomAccess.FlushToDisk(_handle);
        Dispose();
        File.Move(_path, _finalPath, overwrite: false);
        return _finalPath;
    }

    /// <summary>It will not be whole.</summary>
    internal void Abandon(bool keep)
    {
        Dispose();
        if (!keep)
            File.Delete(_path);
    }

    public void Dispose() => _handle.Dispose();
}
