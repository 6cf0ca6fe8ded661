using System.Runtime.InteropServices;

namespace Twisted.Internet;

#pragma warning disable CA1001 // what it owns is released when Run ends; a reactor has no other end

/// <summary>The reactor of a real operating system, over one of its drivers: the engine, and signals.</summary>
internal partial class SystemReactor : ReactorBase, IReactorSignals
{
    private readonly SystemDriver _system;
    private readonly bool _handleSignals;
    private StopSignals? _signals;

    internal SystemReactor(ReactorOptions options, SystemDriver driver)
        : base(driver, options.Logging ?? ReactorLog.ErrorsOnly)
    {
        _system = driver;
        _handleSignals = options.HandleSignals;
        if (options.Hosts is { } hosts)
            InstallNameResolver(new HostsNameResolver(hosts, NameResolver));
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
        _system.Dispose();
    }
}
