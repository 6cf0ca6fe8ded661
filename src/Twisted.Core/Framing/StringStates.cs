using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>A conversation in strings whose states are methods, each of which returns the next one.</summary>
/// <remarks>
/// For any receiver of strings: <c>StringReceived(data) => _states.Next(data, Transport)</c>. Reactor thread only.
/// Twisted: <c>twisted.protocols.basic.StatefulStringProtocol</c>, whose methods return the next one's name.
/// </remarks>
/// <param name="initial">The state for the first string. Twisted: <c>proto_init</c>.</param>
public sealed class StringStates(StringState initial)
{
    /// <summary>The state for the next string; null when the conversation is over.</summary>
    public StringState? Current { get; private set; } = initial ?? throw new ArgumentNullException(nameof(initial));

    /// <summary>Gives a string to the present state. The connection is closed when that was the last one.</summary>
    /// <param name="data">The string. Ignored when the conversation is over.</param>
    /// <param name="transport">The connection.</param>
    public void Next(ReadOnlySpan<byte> data, ITransport transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        if (Current is null)
            return;
        Current = Current(data);
        if (Current is null)
            transport.LoseConnection();
    }
}
