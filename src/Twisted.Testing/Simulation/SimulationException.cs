namespace Twisted.Testing;

/// <summary>Something was not as a simulation wants it.</summary>
/// <param name="message">What.</param>
public sealed class SimulationException(string message) : Exception(message);
