namespace Twisted.Internet;

/// <summary>The reactor on Linux.</summary>
internal sealed class EpollReactor(ReactorOptions options)
    : SystemReactor(options, new EpollDriver(options.TimeProvider));
