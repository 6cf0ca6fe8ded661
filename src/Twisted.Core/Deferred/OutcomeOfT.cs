using System.Runtime.ExceptionServices;

namespace Twisted;

/// <summary>How a chain stands: it has a value, or it failed.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly record struct Outcome<T>
{
    private readonly T _value;

    internal Outcome(T value, Exception? failure)
    {
        _value = value;
        Failure = failure;
    }

    /// <summary>Whether it succeeded.</summary>
    public bool IsSuccess => Failure is null;

    /// <summary>The value; throws the failure when there is one.</summary>
    public T Value
    {
        get
        {
            if (Failure is not null)
                ExceptionDispatchInfo.Throw(Failure);
            return _value;
        }
    }

    /// <summary>The failure, or null.</summary>
    public Exception? Failure { get; }
}
