using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Twisted.Internet;

/// <summary>Paths of UNIX sockets, and their endpoints.</summary>
internal static class UnixPath
{
    /// <summary>What sockaddr_un has room for, without the NUL at its end.</summary>
    internal const int MostBytes = 107;

    private const char AbstractMark = '\0';

    internal static bool IsAbstract(string path) => path[0] == AbstractMark;

    /// <exception cref="ArgumentException">It is empty or too long.</exception>
    internal static UnixDomainSocketEndPoint Parse(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        int length = Encoding.UTF8.GetByteCount(path) - (IsAbstract(path) ? 1 : 0);
        if (length > MostBytes)
            throw new ArgumentException($"The path of a UNIX socket has {MostBytes} bytes at the most; "
                + $"'{path.Replace(AbstractMark, '@')}' has {length}. Use a shorter one, or one relative to the "
                + "current folder.", nameof(path));
        return new UnixDomainSocketEndPoint(path);
    }

    /// <summary>The path; null for a socket without one.</summary>
    internal static string? Text(EndPoint? endPoint)
    {
        // An endpoint shows the NUL of an abstract name as '@', which a path may begin with as well.
        string text = endPoint?.ToString() ?? "";
        if (text.Length == 0)
            return null;
        return text[0] == '@' && endPoint!.Serialize()[2] == 0 ? AbstractMark + text[1..] : text;
    }
}
