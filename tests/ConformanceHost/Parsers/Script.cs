namespace Twisted.Conformance.Parsers;

/// <summary>The application that does what messages say, inside the callback that brought them.</summary>
internal static class Script
{
    internal static void Play(IScripted protocol, ReadOnlySpan<byte> message)
    {
        if (message.StartsWith("CLOSE"u8))
            protocol.Transport.LoseConnection();
        else if (message.StartsWith("ABORT"u8))
            protocol.Transport.AbortConnection();
        else if (message.StartsWith("PAUSE"u8))
            (protocol as FrameReceiver)?.PauseProducing();
        else if (message.StartsWith("BOOM"u8))
            throw new BoomException();
        else if (message.StartsWith("FEED "u8))
            ((IProtocol)protocol).DataReceived(PythonText.Hex(message[5..]));
        else if (message.StartsWith("MAX "u8))
            protocol.Limit = PythonText.Int(message[4..]);
    }
}

/// <summary>A protocol that the script can steer.</summary>
internal interface IScripted : IProtocol
{
    ITransport Transport { get; }

    int Limit { get; set; }
}

/// <summary>What the scripted application throws.</summary>
internal sealed class BoomException : Exception;
