namespace APPLICATION_NAMESPACE;

/// <summary>A greeting, then each line comes back.</summary>
/// <remarks>One object for each connection, called on the reactor's thread only.</remarks>
public sealed class LineEchoProtocol : LineReceiver
{
    protected override void ConnectionMade() => SendLine("Hello, I am an echo server.");

    // The span is the engine's own buffer and yours only until you return: copy what you keep.
    protected override void LineReceived(ReadOnlySpan<byte> line) => SendLine(line);
}
