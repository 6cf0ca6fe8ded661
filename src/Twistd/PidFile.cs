using System.Diagnostics;
using System.Globalization;

namespace Twisted.Daemon;

/// <summary>
/// A file with the process id of the one server that runs here. One that a dead process left is taken over; one of a
/// living process, or with anything else in it, is not touched.
/// </summary>
internal sealed class PidFile : IDisposable
{
    private const int LongestContent = 32; // a number and a line break; whatever is longer is not ours

    private readonly string _path;

    private PidFile(string path) => _path = path;

    private static string Content => string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n");

    /// <summary>Writes the file.</summary>
    /// <exception cref="IOException">Another server runs, or the file cannot be written.</exception>
    /// <exception cref="InvalidDataException">What is in the file is no process id.</exception>
    internal static PidFile Acquire(string path)
    {
        string full = Path.GetFullPath(path); // the process may change its folder
        while (true)
        {
            try
            {
                // Made at once or not at all: of two that start together one succeeds.
                using var file = new FileStream(full, FileMode.CreateNew, FileAccess.Write);
                file.Write(System.Text.Encoding.ASCII.GetBytes(Content));
                return new PidFile(full);
            }
            catch (IOException) when (File.Exists(full))
            {
                RemoveStale(full);
            }
        }
    }

    /// <summary>Writes our id over that of the server whose ports we have taken over.</summary>
    internal static PidFile Replace(string path)
    {
        string full = Path.GetFullPath(path);
        string own = $"{full}.{Environment.ProcessId}";
        File.WriteAllText(own, Content);
        File.Move(own, full, overwrite: true); // there is no moment without a file
        return new PidFile(full);
    }

    /// <summary>Removes the file, if it is still ours.</summary>
    public void Dispose()
    {
        try
        {
            if (Read(_path) == Environment.ProcessId)
                File.Delete(_path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException
            or InvalidDataException)
        {
            // Rights were given up, or somebody else has put another file there.
        }
    }

    private static void RemoveStale(string path)
    {
        int? id = Read(path);
        if (id is null)
            return; // gone meanwhile
        if (id != Environment.ProcessId && IsAlive(id.Value))
            throw new IOException($"Another twistd server is running, PID {id}. Stop it (kill {id}), or give this one "
                + $"a pid file of its own with --pidfile. ({path})");
        File.Delete(path);
    }

    private static int? Read(string path)
    {
        string text;
        try
        {
            const FileShare others = FileShare.ReadWrite | FileShare.Delete;
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, others);
            var content = new byte[LongestContent + 1];
            int length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            text = System.Text.Encoding.ASCII.GetString(content, 0, length).TrimEnd();
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id > 0
            ? id
            : throw new InvalidDataException(
                $"The pid file {path} has no process id in it. Remove it if it is nobody's, or name another one.");
    }

    /// <summary>Whether a process of that number lives, whosever it is.</summary>
    private static bool IsAlive(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return true; // somebody else's: we may not look
        }
    }
}
