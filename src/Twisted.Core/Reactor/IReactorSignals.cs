using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>Operating system signals, heard on the reactor thread.</summary>
public interface IReactorSignals
{
    /// <summary>Calls for each signal of that kind until the result is disposed; the default action is off.</summary>
    /// <param name="signal">Which signal.</param>
    /// <param name="callback">What to call, on the reactor thread.</param>
    IDisposable OnSignal(PosixSignal signal, Action callback);
}
