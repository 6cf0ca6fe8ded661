namespace Twisted.Protocols;

/// <summary>A method that carries out a command which a peer names.</summary>
/// <remarks>
/// A method may have several. The class has one method with <see cref="CommandDispatchAttribute"/>, which calls it. A
/// peer reaches the methods that are marked and no others. Twisted: methods named <c>irc_X</c>, <c>state_X</c>.
/// </remarks>
/// <param name="name">The name on the wire.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class CommandAttribute(string name) : Attribute
{
    /// <summary>The name on the wire.</summary>
    public string Name { get; } = name;
}
