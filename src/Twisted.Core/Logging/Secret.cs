using System.Diagnostics;

namespace Twisted.Logging;

/// <summary>
/// A value that must not be written anywhere: as text it is *** in every message, format and debugger.
/// </summary>
/// <remarks>Immutable; any thread. It hides, it does not encrypt: the value lies in memory as it is.</remarks>
/// <typeparam name="T">What it hides.</typeparam>
/// <example><code>log.LogInformation("Login of {User} with {Password}", user, new Secret&lt;string&gt;(password));
/// </code></example>
[DebuggerDisplay("***")]
public sealed class Secret<T>
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)] private readonly T _value;

    /// <summary>Hides a value.</summary>
    /// <param name="value">The value.</param>
    public Secret(T value) => _value = value;

    /// <summary>The value itself. A method, so that nothing which prints properties finds it.</summary>
    public T Reveal() => _value;

    /// <summary>Always ***.</summary>
    public override string ToString() => "***";
}
