namespace Twisted.Conformance.Reentrancy;

/// <summary>
/// One cell of the grid: a server and a client, a callback that is provoked once, and an operation inside it.
/// </summary>
/// <remarks>
/// Partials: this file is what has happened so far; Play is what happens. Twisted's side of the same cells is
/// tests/vectors/reentrancy/generate.py, name for name.
/// </remarks>
internal sealed partial class GridScene(IReactor reactor, string callback, string operation)
{
    /// <summary>More than a producer may have waiting, so that it is paused.</summary>
    internal const int PieceSize = 100_000;

    /// <summary>The operation that fails on purpose.</summary>
    internal const string Throw = "throw";

    private readonly List<(Func<bool> Condition, Deferred Done)> _waiting = [];

    internal IReactor Reactor => reactor;

    internal string Callback => callback;

    /// <summary>What each side has heard, in order.</summary>
    internal SortedDictionary<string, List<string>> Transcript { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, Side> Sides { get; } = [];

    /// <summary>Open ports; they are closed at the end.</summary>
    internal List<IListeningPort> Ports { get; } = [];

    /// <summary>What the operation works on: the server's end of the first connection.</summary>
    internal ITransport Transport => Door!.Transport;

    internal Entrance? Door { get; set; }

    /// <summary>The port that StopListening means.</summary>
    internal IListeningPort? Port { get; set; }

    /// <summary>Whether the transport is gone: nobody would tell a new protocol of its connection.</summary>
    internal bool IsOver { get; set; }

    internal bool HasResumed { get; set; }

    internal bool ReadLost { get; set; }

    internal bool WriteLost { get; set; }

    /// <summary>Whether the operation's own producer has given all it has.</summary>
    internal bool HasProduced { get; set; }

    private bool Acted { get; set; }

    private bool Accepted { get; set; }

    internal List<string> EventsOf(string side)
    {
        if (!Transcript.TryGetValue(side, out List<string>? events))
            Transcript.Add(side, events = []);
        return events;
    }

    internal void Note(string side, string text)
    {
        EventsOf(side).Add(text);
        Check();
    }

    /// <summary>Something has changed: whoever waited for it goes on, in an iteration of its own.</summary>
    internal void Check()
    {
        foreach (var waiting in _waiting.Where(waiting => waiting.Condition()).ToArray())
        {
            if (_waiting.Remove(waiting))
                reactor.CallLater(TimeSpan.Zero, waiting.Done.Callback);
        }
    }

    private Deferred Until(Func<bool> condition)
    {
        var done = new Deferred();
        _waiting.Add((condition, done));
        Check();
        return done;
    }

    /// <summary>Called in every callback: the first time in the cell's own, it does the cell's operation.</summary>
    internal void Act(string where)
    {
        if (where != callback || Acted)
            return;
        Acted = true;
        if (operation == Throw)
        {
            Note("cell", Throw);
            throw new DivideByZeroException("user code");
        }
        try
        {
            GridOperations.All[operation](this);
            Accepted = true;
            Note("cell", $"{operation} ok");
        }
        catch (Exception failure)
        {
            Note("cell", $"{operation} raised {Scenarios.TwistedNames.Of(failure)}");
        }
    }

    /// <summary>A protocol for the server's end of a connection.</summary>
    internal Entrance BuildServer(string name) => new(this, BuildSide(name));

    internal Server BuildSide(string name)
    {
        bool knowsHalfClose = callback is "readConnectionLost" or "writeConnectionLost";
        Server side = knowsHalfClose ? new HalfClosingServer(this, name) : new Server(this, name);
        Sides[name] = side;
        return side;
    }

    private bool HasLost(string name) =>
        !Sides.TryGetValue(name, out Side? side) || side.LostCount > 0 || side.MadeCount == 0;

    private bool IsMade(string name) => Sides.TryGetValue(name, out Side? side) && side.MadeCount > 0;

    private bool ServerHasLost => HasLost(Sides.ContainsKey("exchanged") ? "exchanged" : "server");

    /// <summary>Whether all has come that the callback and the operation bring with them.</summary>
    private bool IsSettled()
    {
        if (ServerHasLost)
            return true;
        // Behind a closed write side a producer is asked once, and then nobody takes anything of it.
        bool asked = operation == "registerProducer" && Accepted && callback != "writeConnectionLost";
        if (asked && !HasProduced)
            return false;
        return callback switch
        {
            "pauseProducing" => HasResumed || operation == "unregisterProducer",
            "readConnectionLost" => operation != "loseWriteConnection" || WriteLost,
            "writeConnectionLost" => HasLost("client") && (ReadLost || operation == "pause"),
            _ => true,
        };
    }
}
