namespace Twisted.Internet;

/// <summary>Which reactor to run on.</summary>
public enum ReactorKind
{
    /// <summary>The best for this platform: epoll on Linux (x64, arm64), the portable one elsewhere.</summary>
    Automatic,

    /// <summary>Linux epoll.</summary>
    Epoll,

    /// <summary>
    /// Over .NET's own sockets: the same behaviour on every system, slower than epoll. Its completions come by way of
    /// the .NET thread pool; a program that blocks all of the pool's threads stops it.
    /// </summary>
    Portable,
}
