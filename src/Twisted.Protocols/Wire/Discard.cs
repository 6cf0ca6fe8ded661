namespace Twisted.Protocols.Wire;

/// <summary>Throws everything away (RFC 863). Twisted: <c>wire.Discard</c>.</summary>
public sealed class Discard : Protocol;
