namespace Twisted;

/// <summary>Every Deferred of a race failed.</summary>
/// <remarks>Twisted: <c>defer.FailureGroup</c>. The failures stand in the order of the Deferreds.</remarks>
public sealed class FailureGroupException : AggregateException
{
    /// <summary>With all the failures.</summary>
    /// <param name="failures">One a Deferred, in their order.</param>
    public FailureGroupException(IEnumerable<Exception> failures)
        : base("Every Deferred of the race failed.", failures) { }
}
