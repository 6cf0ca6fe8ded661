using Twisted.Conformance;
using Twisted.Testing;

namespace Twisted.Tests;

public class MemoryTranscripts : TranscriptContract
{
    protected override IReactor CreateReactor() => new MemoryReactor(new VirtualClock()).Reactor;
}
