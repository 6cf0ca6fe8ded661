using Twisted.Simulations.Scenarios;
using Twisted.Testing;

namespace Twisted.Simulations;

/// <summary>One test of the engine on a simulated network.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Run">Makes hosts, runs them, checks.</param>
internal sealed record Scenario(string Name, Action<Simulation> Run)
{
    /// <summary>All there are.</summary>
    internal static readonly Scenario[] All =
    [
        new("echo", Echoes.One),
        new("echo-many", Echoes.Many),
        new("echo-throws", Echoes.WhereCallbacksThrow),
        new("echo-descriptors", Echoes.WithoutDescriptors),
        new("echo-limit", Echoes.OverTheLimit),
        new("echo-proxy", Echoes.BehindAProxy),
        new("lines", Framed.Lines),
        new("netstrings", Framed.Netstrings),
        new("sequential", Framed.TopToBottom),
        new("pauses", Framed.Pauses),
        new("file", Streams.File),
        new("push", Streams.Push),
        new("throttle", Streams.Throttled),
        new("echo-long", Streams.Echoed),
        new("last-words", Endings.LastWords),
        new("half-close", Endings.HalfClose),
        new("half-close-lines", Endings.HalfCloseOfLines),
        new("abort", Endings.Abort),
        new("silence", Endings.Silence),
        new("chat", Endings.Chat),
        new("stop", Endings.Stop),
        new("reconnect", Clients.Reconnect),
        new("cancel", Clients.Cancel),
        new("names", Clients.Names),
        new("threads", Clients.Threads),
        new("threads-given-up", Clients.GivenUp),
        new("timers", Timers.InOrder),
        new("requests", Requests.InTime),
        new("datagrams", Datagrams.AskedAgain),
        new("datagrams-refused", Datagrams.Refused),
        new("tls", Secured.Echo),
#if !PLANTED // the copy with the planted bugs is of the engine alone: no family knows it
        new("nodes", Meshes.Breaking),
#endif
    ];
}
