namespace Twisted.Internet;

/// <summary>Which reactor to run on.</summary>
public enum ReactorKind
{
    /// <summary>The best for this platform.</summary>
    Automatic,

    /// <summary>Linux epoll.</summary>
    Epoll,
}
