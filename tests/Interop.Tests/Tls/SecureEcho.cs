using System.Text;

namespace Interop.Tests.Tls;

/// <summary>Answers each line with itself, and remembers how its connection began and ended.</summary>
internal sealed class SecureEcho : LineOnlyReceiver, IHandshakeListener
{
    internal Deferred<ITlsInfo> Agreed { get; } = new();

    internal Deferred<Exception> Lost { get; } = new();

    protected override ReadOnlySpan<byte> Delimiter => "\n"u8;

    public void HandshakeCompleted(ITlsInfo tls) => Agreed.Callback(tls);

    protected override void LineReceived(ReadOnlySpan<byte> line) => Transport.Write([.. line, (byte)'\n']);

    protected override void ConnectionLost(Exception reason)
    {
        base.ConnectionLost(reason);
        Lost.Callback(reason);
    }
}

/// <summary>Says a line when it may and keeps what comes.</summary>
internal sealed class SecureCaller(string? says) : Protocol, IHandshakeListener
{
    private readonly StringBuilder _received = new();

    internal Deferred<ITlsInfo> Agreed { get; } = new();

    internal Deferred<Exception> Lost { get; } = new();

    /// <summary>Fires with the first line.</summary>
    internal Deferred<string> Line { get; } = new();

    public void HandshakeCompleted(ITlsInfo tls) => Agreed.Callback(tls);

    protected override void ConnectionMade()
    {
        if (says is not null)
            Transport.Write(says + "\n");
    }

    protected override void DataReceived(ReadOnlySpan<byte> data)
    {
        _received.Append(Encoding.ASCII.GetString(data));
        string text = _received.ToString();
        if (text.Contains('\n', StringComparison.Ordinal) && !Line.IsFired)
            Line.Callback(text[..text.IndexOf('\n', StringComparison.Ordinal)]);
    }

    protected override void ConnectionLost(Exception reason) => Lost.Callback(reason);
}
