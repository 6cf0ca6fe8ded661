namespace Twisted.Internet;

/// <summary>
/// Threads for blocking work: made when needed, at most <see cref="Size"/>, gone after a while without work. Not the
/// BCL's pool, which adds a thread only every half second while its threads block.
/// </summary>
internal sealed class ReactorThreadPool(string name = "reactor pool")
{
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private readonly Queue<Action> _work = [];
    private int _size = 10;
    private int _threads;
    private int _idle;
    private bool _stopped;

    internal int Size
    {
        set
        {
            lock (_gate)
            {
                _size = value;
                while (_threads < _size && _threads - _idle < _work.Count)
                    StartOne();
                Monitor.PulseAll(_gate);
            }
        }
    }

    internal void Run(Action work)
    {
        lock (_gate)
        {
            if (_stopped)
                return;
            _work.Enqueue(work);
            if (_idle >= _work.Count)
                Monitor.Pulse(_gate);
            else if (_threads < _size)
                StartOne();
        }
    }

    /// <summary>Work that waits is dropped; work that runs is left alone: its threads are background threads.</summary>
    internal void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            _work.Clear();
            Monitor.PulseAll(_gate);
        }
    }

    private void StartOne()
    {
        _threads++;
        new Thread(WorkOff) { Name = name, IsBackground = true }.Start();
    }

    private void WorkOff()
    {
        while (Take() is { } work)
            work();
    }

    private Action? Take()
    {
        lock (_gate)
        {
            while (!_stopped && _threads <= _size)
            {
                if (_work.TryDequeue(out Action? work))
                    return work;
                _idle++;
                bool woken = Monitor.Wait(_gate, LongestIdle);
                _idle--;
                if (!woken && _work.Count == 0)
                    break;
            }
            _threads--;
            return null;
        }
    }
}
