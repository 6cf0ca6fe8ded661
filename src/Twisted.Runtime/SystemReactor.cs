using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Twisted.Logging;

namespace Twisted.Internet;

/// <summary>The reactor of a real operating system, over one of its drivers: the engine, and signals.</summary>
[SuppressMessage("Design", "CA1001", Justification = "What it owns is released when Run ends; it has no other end.")]
internal partial class SystemReactor(ReactorOptions options, SystemDriver driver)
    : ReactorBase(driver, options.Logging ?? StandardErrorLog.ForReactors, options.Name), IReactorSignals
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
