using System.Net;

namespace Twisted.Internet;

/// <summary>
/// A name has several addresses and none could be reached, for different reasons; the message lists them all.
/// </summary>
/// <remarks>
/// When all failed in the same way the exception is of that kind, such as <see cref="ConnectionRefusedException"/>, and
/// this one is inside it. Twisted reports the last failure only.
/// </remarks>
public sealed class AllAddressesFailedException : ConnectException
{
    internal AllAddressesFailedException(IReadOnlyList<(EndPoint Address, ConnectException Reason)> failures)
        : base(FailureText.List("No address could be reached", failures)) => Failures = [.. failures];

    /// <summary>Each address that was tried and why it failed, in the order in which they failed.</summary>
    public IReadOnlyList<(EndPoint Address, ConnectException Reason)> Failures { get; }
}
