namespace Twisted.Internet;

/// <summary>
/// What a process transport can besides: <c>Transport is IProcessPipes pipes</c>. As a consumer it is the child's
/// standard input, as a producer all that the child writes. Reactor thread only.
/// </summary>
/// <remarks>
/// A producer is paused while more than 64 KiB wait for the child; <see cref="IPushProducer.StopProducing"/> closes all
/// pipes. Twisted's process transport has the same methods.
/// </remarks>
public interface IProcessPipes : IConsumer, IPushProducer
{
    /// <summary>
    /// Closes our end of a pipe, after what is buffered for it has gone. Twisted: <c>closeChildFD</c>.
    /// </summary>
    /// <param name="childFd">The number of the pipe in the child; nothing happens when it is closed already.</param>
    /// <exception cref="ArgumentOutOfRangeException">The child has no such pipe.</exception>
    void CloseChildDescriptor(int childFd);
}
