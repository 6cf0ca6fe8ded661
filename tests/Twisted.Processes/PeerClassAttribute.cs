namespace Twisted.Processes;

/// <summary>
/// A class of tests that needs real programs or libraries: for contract suites, whose tests are written in their base
/// class. Each is skipped as by <see cref="PeerFactAttribute"/> in a test project that runs by PeerTestFramework.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PeerClassAttribute : Attribute
{
    /// <summary>A class with these peers.</summary>
    /// <param name="probes">Commands, or files with their full path, as in tests/peers.txt.</param>
    public PeerClassAttribute(params string[] probes) => Skip = Peers.Missing(probes);

    /// <summary>Why its tests cannot run here; null when they can, or must.</summary>
    public string? Skip { get; }
}
