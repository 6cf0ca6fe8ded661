using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>The reactor on Linux.</summary>
internal sealed partial class EpollReactor : SystemReactor, IReactorFds
{
    private readonly EpollDriver _epoll;

    internal EpollReactor(ReactorOptions options) : this(options, new EpollDriver(options.TimeProvider)) { }

    private EpollReactor(ReactorOptions options, EpollDriver driver) : base(options, driver) => _epoll = driver;

    internal override IEnumerable<string> Leftovers() =>
        [.. base.Leftovers(), .. _epoll.Watches.Select(watch => $"{watch}")];

    public IDisposable Watch(SafeHandle descriptor, Action? readable, Action? writable)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        if (readable is null && writable is null)
            throw new ArgumentException("There is nothing to watch for: give readable, writable or both.");
        IDisposable? watch = null;
        watch = _epoll.Watch(descriptor, Guarded(readable), Guarded(writable));
        return watch;

        Action? Guarded(Action? callback) =>
            callback is null ? null : Watched(Guarding(callback), callback, "descriptor ready");

        Action Guarding(Action callback) => () =>
        {
            try
            {
                callback();
            }
            catch (Exception failure)
            {
                // What it did not read would be reported in every iteration from now on.
                watch!.Dispose();
                Report(failure, "watch of a descriptor");
            }
            Flush();
        };
    }
}
