using Microsoft.Win32.SafeHandles;

namespace Twisted.Internet;

/// <summary>
/// A protocol that takes open files from its peer. For others they are closed as they come. Twisted:
/// <c>IFileDescriptorReceiver</c>.
/// </summary>
/// <remarks>
/// A peer that puts more than 64 into one message, or more than this process may open, loses its connection with
/// <see cref="ConnectionLostException"/>: the system has thrown the rest away, and their places are not known.
/// </remarks>
public interface IFileDescriptorReceiver
{
    /// <summary>
    /// A descriptor has come. The DataReceived that has the byte it rode on in it follows: with bytes before that one
    /// perhaps, which the system may join to it, but with none that come after a later descriptor.
    /// </summary>
    /// <param name="descriptor">The descriptor: yours from now on, dispose it. It is close-on-exec.</param>
    void FileDescriptorReceived(SafeFileHandle descriptor);
}
