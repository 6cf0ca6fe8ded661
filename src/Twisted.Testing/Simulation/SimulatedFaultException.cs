namespace Twisted.Testing;

/// <summary>The exception that a simulation throws out of a callback, where the test asked for it.</summary>
/// <param name="callback">The callback.</param>
public sealed class SimulatedFaultException(string callback) : Exception($"The simulation throws out of {callback}.");
