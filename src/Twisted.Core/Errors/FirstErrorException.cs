namespace Twisted;

/// <summary>The first failure among several Deferreds that were waited for together.</summary>
/// <remarks>Twisted: <c>defer.FirstError</c>. The failure itself is <see cref="SubFailure"/>.</remarks>
public sealed class FirstErrorException : Exception
{
    /// <summary>With the failure and its place.</summary>
    /// <param name="subFailure">What the Deferred failed with.</param>
    /// <param name="index">Its place in the list that was given.</param>
    public FirstErrorException(Exception subFailure, int index)
        : base($"The Deferred at index {index} failed first: {subFailure?.Message}", subFailure)
    {
        ArgumentNullException.ThrowIfNull(subFailure);
        SubFailure = subFailure;
        Index = index;
    }

    /// <summary>What the Deferred failed with.</summary>
    public Exception SubFailure { get; }

    /// <summary>Its place in the list that was given, from 0.</summary>
    public int Index { get; }
}
