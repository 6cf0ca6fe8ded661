using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Twisted.Internet;

/// <summary>
/// The rules that hold whatever users and networks do: a protocol hears of its connection first and of its end last,
/// once each; a byte that was written is sent, dropped with its connection, or waits; a timer fires once; a shutdown
/// leaves nothing open. A broken one is a defect of this library: a debug build stops there, a release build logs it,
/// counts it and goes on.
/// </summary>
internal sealed class Invariants(ILogger log)
{
    /// <summary>How often one was broken.</summary>
    internal int Broken { get; private set; }

    /// <summary>The first that was.</summary>
    internal string? First { get; private set; }

    /// <summary>Call it where a rule turns out to be broken.</summary>
    internal void Break(string what)
    {
        Broken++;
        First ??= what;
        EngineLog.InvariantBroken(log, what);
        Debug.Fail(what);
    }
}
