namespace Twisted.Protocols;

/// <summary>A partial method that calls the method which is marked with the name of a command.</summary>
/// <remarks>
/// <para>
/// The compiler writes it, as a switch over the bytes of the names. Its first parameter is the name as bytes; the
/// others are given on to the marked methods, which take just these. It returns whether there was one:
/// <c>[CommandDispatch] private partial bool Dispatch(ReadOnlySpan&lt;byte&gt; name, Request request);</c>
/// </para>
/// <para>An override asks the base class for the names that it does not have itself.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class CommandDispatchAttribute : Attribute
{
    /// <summary>Whether a name may come in capitals or small letters (ASCII).</summary>
    public bool IgnoreCase { get; set; }
}
