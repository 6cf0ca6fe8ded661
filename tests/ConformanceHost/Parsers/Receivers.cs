namespace Twisted.Conformance.Parsers;

/// <summary>The receivers by the names that cases use.</summary>
internal static class Receivers
{
    internal static IReadOnlyList<string> Names { get; } =
        ["line", "lineonly", "netstring", "int8", "int16", "int32", "ircclient", "ircserver"];

    internal static IProtocol Make(string name, Transcript transcript, CaseOptions options) => name switch
    {
        "line" => new Lines(transcript, options),
        "lineonly" => new OnlyLines(transcript, options),
        "netstring" => new Netstrings(transcript, options),
        "int8" => new Int8Strings(transcript, options),
        "int16" => new Int16Strings(transcript, options),
        "int32" => new Int32Strings(transcript, options),
        "ircclient" => new IrcLines(transcript, options),
        "ircserver" => new IrcServerLines(transcript),
        _ => throw new ArgumentException($"unknown proto: {name}", nameof(name)),
    };
}

internal sealed class Lines(Transcript transcript, CaseOptions options) : LineReceiver, IScripted
{
    private byte[] _delimiter = options.Delimiter;
    private int _want;

    public int Limit { get; set; } = options.MaxLength(usual: 16384);

    protected override ReadOnlySpan<byte> Delimiter => _delimiter;

    protected override int MaxLength => Limit;

    protected override void LineReceived(ReadOnlySpan<byte> line)
    {
        transcript.Add("line", line);
        if (!options.HasScript)
            return;
        if (line.StartsWith("RAW "u8))
        {
            _want = PythonText.Int(line[4..]);
            SetRawMode();
        }
        else if (line.StartsWith("CLEAR"u8))
            transcript.Add("cleared", ClearLineBuffer());
        else if (line.StartsWith("DELIM "u8))
            _delimiter = PythonText.Hex(line[6..]);
        else
            Script.Play(this, line);
    }

    protected override void RawDataReceived(ReadOnlySpan<byte> data)
    {
        if (data.Length < _want)
        {
            _want -= data.Length;
            transcript.Add("raw", data);
            return;
        }
        int take = _want >= 0 ? _want : Math.Max(0, data.Length + _want); // a negative slice counts from the end
        _want = 0;
        transcript.Add("raw", data[..take]);
        SetLineMode(data[take..]);
    }

    protected override void LineLengthExceeded(ReadOnlySpan<byte> line)
    {
        transcript.Add("tooLong", line);
        if (!options.Keeps)
            base.LineLengthExceeded(line);
    }
}

internal sealed class OnlyLines(Transcript transcript, CaseOptions options) : LineOnlyReceiver, IScripted
{
    public int Limit { get; set; } = options.MaxLength(usual: 16384);

    protected override ReadOnlySpan<byte> Delimiter => options.Delimiter;

    protected override int MaxLength => Limit;

    protected override void LineReceived(ReadOnlySpan<byte> line)
    {
        transcript.Add("line", line);
        if (options.HasScript)
            Script.Play(this, line);
    }

    protected override void LineLengthExceeded(ReadOnlySpan<byte> line)
    {
        transcript.Add("tooLong", line);
        base.LineLengthExceeded(line);
    }
}

internal sealed class Netstrings(Transcript transcript, CaseOptions options) : NetstringReceiver, IScripted
{
    public int Limit { get; set; } = options.MaxLength(usual: 99_999);

    protected override int MaxLength => Limit;

    protected override void StringReceived(ReadOnlySpan<byte> data)
    {
        transcript.Add("string", data);
        if (options.HasScript && !data.StartsWith("PAUSE"u8)) // Twisted's netstrings cannot be paused
            Script.Play(this, data);
    }
}

internal sealed class Int8Strings(Transcript transcript, CaseOptions options) : Int8StringReceiver, IScripted
{
    public int Limit { get; set; } = options.MaxLength(usual: 99_999);

    protected override int MaxLength => Limit;

    protected override void StringReceived(ReadOnlySpan<byte> data)
    {
        transcript.Add("string", data);
        if (options.HasScript)
            Script.Play(this, data);
    }

    protected override void LengthLimitExceeded(long length)
    {
        transcript.Add("tooLong", length);
        base.LengthLimitExceeded(length);
    }
}

internal sealed class Int16Strings(Transcript transcript, CaseOptions options) : Int16StringReceiver, IScripted
{
    public int Limit { get; set; } = options.MaxLength(usual: 99_999);

    protected override int MaxLength => Limit;

    protected override void StringReceived(ReadOnlySpan<byte> data)
    {
        transcript.Add("string", data);
        if (options.HasScript)
            Script.Play(this, data);
    }

    protected override void LengthLimitExceeded(long length)
    {
        transcript.Add("tooLong", length);
        base.LengthLimitExceeded(length);
    }
}

internal sealed class Int32Strings(Transcript transcript, CaseOptions options) : Int32StringReceiver, IScripted
{
    public int Limit { get; set; } = options.MaxLength(usual: 99_999);

    protected override int MaxLength => Limit;

    protected override void StringReceived(ReadOnlySpan<byte> data)
    {
        transcript.Add("string", data);
        if (options.HasScript)
            Script.Play(this, data);
    }

    protected override void LengthLimitExceeded(long length)
    {
        transcript.Add("tooLong", length);
        base.LengthLimitExceeded(length);
    }
}
