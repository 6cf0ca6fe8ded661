namespace Twisted.Internet;

/// <summary>
/// A factory of protocols for connections that come in; the same as <see cref="Factory"/>, by its Twisted name.
/// </summary>
public abstract class ServerFactory : Factory;
