namespace Twisted.Internet;

/// <summary>The reactor wherever .NET has sockets.</summary>
internal sealed class PortableReactor(ReactorOptions options)
    : SystemReactor(options, new PortableDriver(options.TimeProvider));
