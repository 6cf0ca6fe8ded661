using Xunit;

namespace Twisted.Processes;

/// <summary>A test that needs real programs: skipped, saying how to get them, where they are missing.</summary>
/// <remarks>Under CI nothing is skipped: a missing peer fails the test.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PeerFactAttribute : FactAttribute
{
    /// <summary>A test with these peers.</summary>
    /// <param name="probes">Commands, or files with their full path, as in tests/peers.txt.</param>
    public PeerFactAttribute(params string[] probes) => Skip = Peers.Missing(probes);
}
