using System.Runtime.InteropServices;

namespace Twisted.Internet;

#pragma warning disable CA1001 // what it owns is released when Run ends; a reactor has no other end

/// <summary>The reactor on Linux.</summary>
internal sealed class EpollReactor : ReactorBase, IReactorSignals
{
    private readonly EpollDriver _epoll;
    private readonly bool _handleSignals;
    private StopSignals? _signals;

    internal EpollReactor(ReactorOptions options) : this(options, new EpollDriver(options.TimeProvider)) { }

    private EpollReactor(ReactorOptions options, EpollDriver driver)
        : base(driver, options.Logging ?? ReactorLog.ErrorsOnly)
    {
        _epoll = driver;
        _handleSignals = options.HandleSignals;
    }

    public IDisposable OnSignal(PosixSignal signal, Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            CallFromThread(callback);
        });
    }

    protected override void OnBegin()
    {
        if (_handleSignals)
            _signals = new StopSignals(() => CallFromThread(StopIfRunning));
    }

    protected override void OnEnd()
    {
        _signals?.Dispose();
        _epoll.Dispose();
    }
}
