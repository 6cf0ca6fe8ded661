using Xunit;

namespace Twisted.Processes;

/// <summary>A theory that needs real programs; see <see cref="PeerFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PeerTheoryAttribute : TheoryAttribute
{
    /// <summary>A theory with these peers.</summary>
    /// <param name="probes">Commands, or files with their full path, as in tests/peers.txt.</param>
    public PeerTheoryAttribute(params string[] probes) => Skip = Peers.Missing(probes);
}
