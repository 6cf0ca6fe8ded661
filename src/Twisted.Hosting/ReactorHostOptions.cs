namespace Twisted.Hosting;

/// <summary>What holds for all servers of the host together. Bound from <c>Twisted</c>.</summary>
public sealed class ReactorHostOptions
{
    /// <summary>
    /// The most connections of all servers at a time; one more is closed at once, and told to the log. Null, as unless
    /// set, is 80 % of <see cref="Reactor.DescriptorLimit"/>: the rest is for files, clients and the runtime. 0 is
    /// without limit.
    /// </summary>
    public int? MaxConnections { get; set; }
}
