using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>SIGINT and SIGTERM stop the reactor; a second one ends the process, as it would without us.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action _stop;
    private int _heard;

    internal StopSignals(Action stop)
    {
        _stop = stop;
        foreach (PosixSignal signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM])
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (Interlocked.Exchange(ref _heard, 1) != 0)
            return; // not cancelled: the default action follows
        context.Cancel = true;
        _stop();
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
    }
}
