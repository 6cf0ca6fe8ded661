namespace Twisted.Benchmarks.Load;

/// <summary>A number of connections that stay.</summary>
internal sealed class EchoLoad(LoadRun run, int connections, double writesPerSecond = 4)
{
    private const int AtATime = 100;

    private static readonly TimeSpan OpenLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(60);

    private readonly List<EchoClient> _clients = [];
    private readonly Deferred _opened = new();
    private readonly Deferred _closed = new();
    private readonly Random _random = run.RandomOf(2);
    private int _asked;
    private int _connecting;
    private bool _isRunning;
    private bool _isStopping;

    internal int Count => _clients.Count;

    /// <summary>Opens them all.</summary>
    internal async Task Open()
    {
        for (int i = 0; i < Math.Min(AtATime, connections); i++)
            ConnectOne();
        await _opened.AddTimeout(OpenLimit, run.Reactor);
    }

    /// <summary>Traffic begins.</summary>
    internal void Begin()
    {
        _isRunning = true;
        foreach (EchoClient client in _clients)
            client.Begin();
    }

    /// <summary>Each says something once.</summary>
    internal void SayOnce()
    {
        foreach (EchoClient client in _clients)
            client.SayOnce();
    }

    /// <summary>No more is sent; when all is back they close. What then still is open is cut off, and told.</summary>
    internal async Task Close()
    {
        _isStopping = true;
        foreach (EchoClient client in _clients.ToArray())
            client.Stop();
        IDelayedCall limit = run.Reactor.CallLater(CloseLimit, () =>
        {
            run.Dropped += _clients.Count;
            foreach (EchoClient client in _clients.ToArray())
                client.Cut();
        });
        if (_clients.Count + _connecting > 0)
            await _closed;
        limit.Cancel();
    }

    /// <summary>One of them, for a fault; null when there is none.</summary>
    internal EchoClient? Any(Random random) => _clients.Count == 0 ? null : _clients[random.Next(_clients.Count)];

    /// <summary>Until the next write: twice the mean at the most.</summary>
    internal TimeSpan Pause(Random random) => TimeSpan.FromSeconds(random.NextDouble() * 2 / writesPerSecond);

    internal void Made(EchoClient client)
    {
        _connecting--;
        _clients.Add(client);
        if (_isStopping)
            client.Stop();
        else if (_isRunning)
            client.Begin();
        if (_clients.Count == connections && !_opened.IsFired)
            _opened.Callback();
        else if (_asked < connections)
            ConnectOne();
    }

    internal void Lost(EchoClient client)
    {
        _clients.Remove(client);
        _asked--;
        if (_isStopping)
            EndIfLast();
        else
            ConnectOne();
    }

    private void ConnectOne()
    {
        _asked++;
        _connecting++;
        ulong seed = (ulong)_random.NextInt64(1, long.MaxValue);
        run.Connect(() => new EchoClient(run, this, seed, new Random((int)seed)), Failed);
    }

    private void Failed(Exception reason)
    {
        _connecting--;
        if (!_opened.IsFired)
            _opened.Errback(new BenchException($"a connection cannot be made: {reason.Message.TrimEnd('.')}"));
        if (_isStopping)
            EndIfLast();
    }

    private void EndIfLast()
    {
        if (_clients.Count + _connecting == 0 && !_closed.IsFired)
            _closed.Callback();
    }
}
