namespace Twisted.Internet;

/// <summary>struct pollfd, see poll(2).</summary>
internal struct PollDescriptor
{
    internal int Fd;
    internal short Events;
    internal short Happened;
}
