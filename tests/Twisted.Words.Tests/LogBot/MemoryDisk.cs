using System.Text;

namespace Twisted.Words.Tests;

/// <summary>A disk on which a test can fill, break and move files.</summary>
internal sealed class MemoryDisk
{
    private readonly Dictionary<string, StringBuilder> _files = [];

    /// <summary>How many bytes still fit.</summary>
    internal int Room { get; set; } = int.MaxValue;

    /// <summary>Whether no file can be opened.</summary>
    internal bool IsLocked { get; set; }

    internal int Opened { get; private set; }

    internal int Writes { get; private set; }

    /// <summary>What is in a file; ASCII.</summary>
    internal string this[string name]
    {
        get => _files[Full(name)].ToString();
        set => _files[Full(name)] = new StringBuilder(value);
    }

    internal void Move(string from, string to)
    {
        _files.Remove(Full(from), out StringBuilder? file);
        _files[Full(to)] = file!;
    }

    internal IMessageFile Open(string path)
    {
        if (IsLocked)
            throw new UnauthorizedAccessException($"{path} is locked.");
        if (!_files.TryGetValue(path, out StringBuilder? content))
            _files[path] = content = new StringBuilder();
        Opened++;
        return new OpenFile(this, path, content);
    }

    private static string Full(string name) => Path.GetFullPath(name);

    private sealed class OpenFile(MemoryDisk disk, string path, StringBuilder content) : IMessageFile
    {
        public bool IsTorn { get; } = content.Length > 0 && content[^1] != '\n';

        public bool IsStillNamed => disk._files.GetValueOrDefault(path) == content;

        public int Append(ReadOnlySpan<byte> bytes, out Exception? failure)
        {
            int taken = Math.Min(bytes.Length, disk.Room);
            failure = taken < bytes.Length ? new IOException("No space left on device.") : null;
            disk.Room -= taken;
            disk.Writes++;
            content.Append(Encoding.UTF8.GetString(bytes[..taken]));
            return taken;
        }

        public void Dispose() { }
    }
}
