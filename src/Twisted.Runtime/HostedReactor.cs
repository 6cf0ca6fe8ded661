namespace Twisted.Internet;

#pragma warning disable CA1001 // what it owns is released when its waiting thread ends

/// <summary>
/// A reactor whose iterations are callbacks of another loop. Between them a thread waits, in the reactor's place, until
/// there is something to do.
/// </summary>
internal sealed class HostedReactor(ReactorOptions options, IHostLoop host, SystemDriver driver)
    : SystemReactor(options, driver)
{
    private readonly SystemDriver _waited = driver;
    private readonly AutoResetEvent _mayWait = new(false);
    private TaskCompletionSource? _end;
    private TimeSpan _longestWait;
    private volatile bool _hasEnded;

    public override void Run()
    {
        Start();
        host.Run();
    }

    public override Task RunAsync(CancellationToken cancellationToken = default)
    {
        _end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Post(() =>
        {
            try
            {
                Start();
            }
            catch (Exception failure)
            {
                _end.SetException(failure);
            }
        });
        CancellationTokenRegistration stop = cancellationToken.Register(() => CallFromThread(StopIfRunning));
        _ = _end.Task.ContinueWith(_ => stop.Dispose(), TaskScheduler.Default);
        return _end.Task;
    }

    private void Start()
    {
        Begin();
        Leave(); // between iterations the thread is the host's
        StartThread(WaitForWork);
        host.Post(Iterate);
    }

    private void Iterate()
    {
        if (!StepOnce())
        {
            _hasEnded = true;
            _mayWait.Set();
            host.Quit();
            _end?.SetResult();
            return;
        }
        _longestWait = TimeToWait();
        if (_longestWait == TimeSpan.Zero || _waited.HasWork)
            host.Post(Iterate); // not at once: the host's events have their turn
        else
            _mayWait.Set();
    }

    private static void StartThread(Action work) =>
        new Thread(() => work()) { Name = "reactor's wait", IsBackground = true }.Start();

    private void WaitForWork()
    {
        while (true)
        {
            _mayWait.WaitOne();
            if (_hasEnded)
                break;
            _waited.WaitForWork(_longestWait);
            host.Post(Iterate);
        }
        _mayWait.Dispose();
    }
}
