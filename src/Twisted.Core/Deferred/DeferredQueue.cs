namespace Twisted;

/// <summary>Values for whoever waits, waiters for whatever comes. Twisted: <c>DeferredQueue</c>.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
public sealed class DeferredQueue<T>
{
    private readonly Queue<T> _values = [];
    private readonly LinkedList<Deferred<T>> _waiting = [];
    private readonly int? _size;
    private readonly int? _backlog;

    /// <summary>A queue.</summary>
    /// <param name="size">How many values it may hold; null is no limit.</param>
    /// <param name="backlog">How many may wait for a value; null is no limit.</param>
    public DeferredQueue(int? size = null, int? backlog = null)
    {
        if (size is not null)
            ArgumentOutOfRangeException.ThrowIfNegative(size.Value, nameof(size));
        if (backlog is not null)
            ArgumentOutOfRangeException.ThrowIfNegative(backlog.Value, nameof(backlog));
        _size = size;
        _backlog = backlog;
    }

    /// <summary>Values that wait to be taken.</summary>
    public int Count => _values.Count;

    /// <summary>How many wait for a value.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Gives a value to the first that waits, or keeps it.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="QueueOverflowException">It holds as many as it may.</exception>
    public void Put(T value)
    {
        if (_waiting.First is { } first)
        {
            _waiting.RemoveFirst();
            first.Value.Callback(value);
        }
        else if (_size is null || _values.Count < _size)
            _values.Enqueue(value);
        else
            throw new QueueOverflowException($"The queue holds {_size} values, as many as it may: take one first.");
    }

    /// <summary>Takes the first value, now or when there is one. Cancel it to leave the queue.</summary>
    /// <exception cref="QueueUnderflowException">As many wait as may.</exception>
    public Deferred<T> Get()
    {
        if (_values.TryDequeue(out T? value))
            return Deferred.Succeed(value);
        if (_backlog is not null && _waiting.Count >= _backlog)
            throw new QueueUnderflowException($"{_backlog} wait for a value already, as many as may.");
        var waiting = new Deferred<T>(deferred => _waiting.Remove(deferred));
        _waiting.AddLast(waiting);
        return waiting;
    }
}
