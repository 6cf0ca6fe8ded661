using System.Net;

namespace Twisted.Tests;

/// <summary>A factory that does what a test says, and keeps what it has built.</summary>
internal sealed class ScriptedFactory : Factory
{
    internal List<Recorder> Built { get; } = [];

    internal Action<Recorder>? OnMade { get; set; }

    internal bool Wanted { get; set; } = true;

    internal int Failures { get; set; }

    internal bool CannotStart { get; set; }

    internal int Stopped { get; private set; }

    protected override void StartFactory()
    {
        if (CannotStart)
            throw new NotSupportedException();
    }

    protected override void StopFactory() => Stopped++;

    public override IProtocol? BuildProtocol(EndPoint peer)
    {
        if (Failures-- > 0)
            throw new NotSupportedException("no protocol");
        if (!Wanted)
            return null;
        Built.Add(new Recorder { OnMade = OnMade });
        return Built[^1];
    }
}
