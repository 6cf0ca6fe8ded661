using System.Runtime.InteropServices;

namespace Twisted.Internet;

#pragma warning disable CA1001 // what it owns is released when Run ends; a reactor has no other end

/// <summary>The reactor of a real operating system, over one of its drivers: the engine, and signals.</summary>
internal partial class SystemReactor(ReactorOptions options, SystemDriver driver)
    : ReactorBase(driver, options.Logging ?? ReactorLog.ErrorsOnly), IReactorSignals
{
    private readonly SystemDriver _system = driver;
    private readonly bool _handleSignals = options.HandleSignals;
    private StopSignals? _signals;

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
        _system.Dispose();
    }
}
