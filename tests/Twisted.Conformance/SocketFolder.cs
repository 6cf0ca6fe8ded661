namespace Twisted.Conformance;

/// <summary>A folder for the sockets of one test.</summary>
public sealed class SocketFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("unix");
    private int _count;

    /// <summary>A path in it that nobody has used.</summary>
    public string Fresh() => Path.Combine(_folder.FullName, $"socket{_count++}");

    public string[] Contents() => [.. _folder.EnumerateFileSystemInfos().Select(file => file.Name).Order()];

    public void Dispose() => _folder.Delete(recursive: true);
}
