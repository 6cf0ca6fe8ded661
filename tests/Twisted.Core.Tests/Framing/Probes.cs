using System.Text;

namespace Twisted.Tests.Framing;

// Receivers that write down what they are given, and do what a test wants inside a callback.

internal static class Bytes
{
    internal static byte[] Of(string text) => Encoding.Latin1.GetBytes(text);

    internal static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    internal static void Give(this IProtocol protocol, string text) => protocol.DataReceived(Of(text));

    internal static void Give(this IProtocol protocol, IEnumerable<byte[]> chunks)
    {
        foreach (byte[] chunk in chunks)
            protocol.DataReceived(chunk);
    }
}

internal sealed class LineProbe : LineReceiver
{
    internal List<string> Seen { get; } = [];

    internal byte[] Ends { get; set; } = "\r\n"u8.ToArray();

    internal int Limit { get; set; } = 16384;

    internal bool KeepsLongLines { get; set; }

    internal Action<string>? OnLine { get; set; }

    internal Action<byte[]>? OnRaw { get; set; }

    internal Action<string>? OnTooLong { get; set; }

    internal long Work => Received.Work;

    internal int Capacity => Received.Capacity;

    protected override ReadOnlySpan<byte> Delimiter => Ends;

    protected override int MaxLength => Limit;

    internal byte[] Clear() => ClearLineBuffer();

    protected override void LineReceived(ReadOnlySpan<byte> line)
    {
        string text = Bytes.Text(line);
        Seen.Add(text);
        OnLine?.Invoke(text);
        // Whatever the callback did, the span still shows the line.
        Assert.Equal(text, Bytes.Text(line));
    }

    protected override void RawDataReceived(ReadOnlySpan<byte> data)
    {
        Seen.Add("raw " + Bytes.Text(data));
        OnRaw?.Invoke(data.ToArray());
    }

    protected override void LineLengthExceeded(ReadOnlySpan<byte> line)
    {
        Seen.Add("long " + Bytes.Text(line));
        OnTooLong?.Invoke(Bytes.Text(line));
        if (!KeepsLongLines)
            base.LineLengthExceeded(line);
    }
}

internal sealed class LineOnlyProbe : LineOnlyReceiver
{
    internal List<string> Seen { get; } = [];

    internal byte[] Ends { get; set; } = "\r\n"u8.ToArray();

    internal int Limit { get; set; } = 16384;

    internal bool KeepsLongLines { get; set; }

    internal Action<string>? OnLine { get; set; }

    internal long Work => Partial.Work;

    internal int Capacity => Partial.Capacity;

    protected override ReadOnlySpan<byte> Delimiter => Ends;

    protected override int MaxLength => Limit;

    protected override void LineReceived(ReadOnlySpan<byte> line)
    {
        string text = Bytes.Text(line);
        Seen.Add(text);
        OnLine?.Invoke(text);
        Assert.Equal(text, Bytes.Text(line));
    }

    protected override void LineLengthExceeded(ReadOnlySpan<byte> line)
    {
        Seen.Add("long " + Bytes.Text(line));
        if (!KeepsLongLines)
            base.LineLengthExceeded(line);
    }
}

/// <summary>What the probes of the string receivers share.</summary>
internal sealed class StringLog
{
    internal List<string> Seen { get; } = [];

    internal int Limit { get; set; } = 99_999;

    internal Action<string>? OnString { get; set; }

    internal Action<long>? OnTooLong { get; set; }

    internal void Add(ReadOnlySpan<byte> data)
    {
        string text = Bytes.Text(data);
        Seen.Add(text);
        OnString?.Invoke(text);
        Assert.Equal(text, Bytes.Text(data));
    }

    internal void TooLong(long length)
    {
        Seen.Add($"long {length}");
        OnTooLong?.Invoke(length);
    }
}

internal sealed class Int8StringProbe(StringLog log) : Int8StringReceiver
{
    internal long Work => Received.Work;

    protected override int MaxLength => log.Limit;

    protected override void StringReceived(ReadOnlySpan<byte> data) => log.Add(data);

    protected override void LengthLimitExceeded(long length)
    {
        log.TooLong(length);
        if (log.OnTooLong is null)
            base.LengthLimitExceeded(length);
    }
}

internal sealed class Int16StringProbe(StringLog log) : Int16StringReceiver
{
    internal long Work => Received.Work;

    protected override int MaxLength => log.Limit;

    protected override void StringReceived(ReadOnlySpan<byte> data) => log.Add(data);

    protected override void LengthLimitExceeded(long length)
    {
        log.TooLong(length);
        if (log.OnTooLong is null)
            base.LengthLimitExceeded(length);
    }
}

internal sealed class Int32StringProbe(StringLog log) : Int32StringReceiver
{
    internal long Work => Received.Work;

    protected override int MaxLength => log.Limit;

    protected override void StringReceived(ReadOnlySpan<byte> data) => log.Add(data);

    protected override void LengthLimitExceeded(long length)
    {
        log.TooLong(length);
        if (log.OnTooLong is null)
            base.LengthLimitExceeded(length);
    }
}

internal sealed class NetstringProbe(StringLog log) : NetstringReceiver
{
    internal long Work => Received.Work;

    protected override int MaxLength => log.Limit;

    protected override void StringReceived(ReadOnlySpan<byte> data) => log.Add(data);

    protected override void LengthLimitExceeded(long length)
    {
        log.TooLong(length);
        if (log.OnTooLong is null)
            base.LengthLimitExceeded(length);
    }
}

/// <summary>Its Run is the test's, and its reads are open to it.</summary>
internal sealed class ConversationProbe(Func<ConversationProbe, Deferred> run) : SequentialProtocol
{
    internal int Ahead { get; init; } = 65536;

    internal long Work => Received.Work;

    protected override int ReadAhead => Ahead;

    protected override Deferred Run() => run(this);

    internal Deferred<string?> Line(int maxLength = 16384) => ReadLine(maxLength);

    internal Deferred<byte[]> Exactly(int count) => ReadExactly(count);

    internal Deferred<byte[]> Some() => ReadSome();

    internal Deferred Drained() => Drain();

    internal void Say(string line) => SendLine(line);

    internal void Say(ReadOnlySpan<byte> line) => SendLine(line);
}
