using System.Runtime.ExceptionServices;

namespace Twisted;

/// <summary>How a chain without a value stands: it succeeded, or it failed.</summary>
public readonly record struct Outcome
{
    internal Outcome(Exception? failure) => Failure = failure;

    /// <summary>Whether it succeeded.</summary>
    public bool IsSuccess => Failure is null;

    /// <summary>The failure, or null.</summary>
    public Exception? Failure { get; }

    /// <summary>Throws the failure, with its stack, when there is one.</summary>
    public void ThrowIfFailed()
    {
        if (Failure is not null)
            ExceptionDispatchInfo.Throw(Failure);
    }
}
