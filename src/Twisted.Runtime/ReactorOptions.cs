using System.Net;
using Microsoft.Extensions.Logging;

namespace Twisted.Internet;

/// <summary>How a reactor is made.</summary>
public sealed record ReactorOptions
{
    /// <summary>Which one; the best for this platform unless set.</summary>
    public ReactorKind Kind { get; init; }

    /// <summary>
    /// What its figures in the meter "Twisted.Reactor", and its spans, are tagged with. Unless set it is
    /// <c>reactor-N</c>, N counting the reactors of this process. Two reactors should not have the same.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>Whether SIGINT and SIGTERM stop it. The handlers are there while it runs and no longer.</summary>
    public bool HandleSignals { get; init; } = true;

    /// <summary>Where it logs; warnings and errors go to standard error unless set.</summary>
    public ILoggerFactory? Logging { get; init; }

    /// <summary>The loop of somebody else's that it runs in; null for one of its own.</summary>
    public IHostLoop? HostLoop { get; init; }

    /// <summary>
    /// Addresses of names that are not looked up, as in a hosts file; see <see cref="HostsNameResolver"/>.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<IPAddress>>? Hosts { get; init; }

    /// <summary>
    /// How long a callback may hold the reactor. What is longer is logged as a warning, counted by
    /// <c>twisted.reactor.stalls</c> of the meter "Twisted.Reactor", and told to <see cref="Stalled"/>. Null, as unless
    /// set, measures nothing; measuring costs two system calls a callback.
    /// </summary>
    public TimeSpan? StallThreshold { get; init; }

    /// <summary>
    /// Hears of each callback that took longer than <see cref="StallThreshold"/>, when it has returned. Reactor thread.
    /// </summary>
    public Action<ReactorStall>? Stalled { get; init; }

    /// <summary>Its clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
