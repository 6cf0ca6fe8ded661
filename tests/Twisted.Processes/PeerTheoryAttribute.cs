using Xunit;

namespace Twisted.Processes;

/// <summary>A test with cases that needs real programs, as <see cref="PeerFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PeerTheoryAttribute : TheoryAttribute
{
    /// <summary>A test with these peers.</summary>
    /// <param name="probes">Commands, or files with their full path, as in tests/peers.txt.</param>
    public PeerTheoryAttribute(params string[] probes) => Skip = Peers.Missing(probes);
}
