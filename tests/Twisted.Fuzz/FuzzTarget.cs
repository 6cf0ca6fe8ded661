using System.Buffers;
using System.Text;

namespace Twisted.Fuzzing;

/// <summary>One parser: how to run it, and what has to be true of it.</summary>
/// <remarks>An instance belongs to one thread. The corpus is the folder Corpus/NAME.</remarks>
internal abstract class FuzzTarget(string name)
{
    internal string Name => name;

    /// <summary>How many bytes the parser may keep while it waits for more; memory is held to twice as many.</summary>
    internal abstract int Limit { get; }

    /// <summary>Words of its language, for the mutator.</summary>
    internal virtual IReadOnlyList<byte[]> Tokens => [];

    /// <summary>Whether it is a stream, that the network cuts as it likes.</summary>
    internal virtual bool IsStream => true;

    /// <summary>How many bytes may be allocated for one byte of input, with what the harness writes down.</summary>
    internal virtual int AllocationPerByte => 256;

    /// <summary>And how many in any case.</summary>
    internal virtual int AllocationBase => 64 * 1024;

    /// <summary>Gives the parser the input, cut into these sizes.</summary>
    internal abstract void Run(ReadOnlySpan<byte> input, IReadOnlyList<int> sizes, Outcome outcome);

    /// <summary>Whether this is the parser's way of refusing: an exception that its documentation names.</summary>
    internal virtual bool IsOwnError(Exception failure) => false;

    /// <summary>What must not depend on how the stream was cut.</summary>
    internal virtual IEnumerable<FuzzEvent> Invariant(Outcome outcome) => outcome.Events;

    /// <summary>What else has to be true, the way back to bytes above all.</summary>
    /// <exception cref="DefectException">It is not.</exception>
    internal virtual void Verify(ReadOnlySpan<byte> input, Outcome outcome) { }

    /// <summary>Makes a mutated input right again where chance never would: lengths, checksums.</summary>
    internal virtual byte[] Repair(byte[] input, FuzzRandom random) => input;

    private protected static IReadOnlyList<byte[]> Words(params ReadOnlySpan<string> words)
    {
        var bytes = new List<byte[]>();
        foreach (string word in words)
            bytes.Add(Encoding.Latin1.GetBytes(word));
        return bytes;
    }
}

/// <summary>Something that the parser has told its user.</summary>
internal readonly record struct FuzzEvent(string Kind, byte[] Payload)
{
    internal bool IsSame(FuzzEvent other) => Kind == other.Kind && Payload.AsSpan().SequenceEqual(other.Payload);

    public override string ToString() =>
        $"{Kind} {Convert.ToHexStringLower(Payload.AsSpan(0, Math.Min(48, Payload.Length)))} ({Payload.Length})";
}

/// <summary>What one run of a parser has brought.</summary>
internal sealed class Outcome
{
    private readonly List<FuzzEvent> _events = [];
    private readonly ArrayBufferWriter<byte> _raw = new();
    private string _rawKind = "";

    internal IReadOnlyList<FuzzEvent> Events
    {
        get
        {
            Flush();
            return _events;
        }
    }

    /// <summary>Whether the input was refused, by an error, an answer or the end of the connection.</summary>
    internal bool IsRefused { get; set; }

    /// <summary>What all whole messages are when they are sent again.</summary>
    internal byte[] Encoded { get; set; } = [];

    /// <summary>Bytes that wait for more.</summary>
    internal int Unread { get; set; }

    /// <summary>Bytes copied and searched by the parser, as it counts them itself.</summary>
    internal long Work { get; set; }

    /// <summary>The most memory that was kept between two chunks.</summary>
    internal int MostHeld { get; set; }

    /// <summary>What is wrong with the memory that was kept, seen when it happened.</summary>
    internal string? HeldTooMuch { get; set; }

    internal void Add(string kind, ReadOnlySpan<byte> payload)
    {
        Flush();
        _events.Add(new FuzzEvent(kind, payload.ToArray()));
    }

    /// <summary>Bytes without bounds of their own: pieces that follow each other are one event.</summary>
    internal void AddRaw(string kind, ReadOnlySpan<byte> payload)
    {
        if (kind != _rawKind)
            Flush();
        _rawKind = kind;
        _raw.Write(payload);
    }

    /// <summary>Holds the memory to what may be kept: twice the limit, and twice what has come.</summary>
    internal void Hold(int bytes, int limit, int received)
    {
        MostHeld = Math.Max(MostHeld, bytes);
        long most = (2L * Math.Min(limit, received)) + InputCheck.Slack;
        if (bytes > most)
            HeldTooMuch ??=
                $"{bytes} bytes are held after {received} have come; the limit is {limit}, so {most} may be";
    }

    private void Flush()
    {
        if (_raw.WrittenCount > 0)
            _events.Add(new FuzzEvent(_rawKind, _raw.WrittenSpan.ToArray()));
        _raw.Clear();
    }
}

/// <summary>Something that must be true is not.</summary>
/// <param name="check">Which check, in one word.</param>
/// <param name="message">What was seen.</param>
internal sealed class DefectException(string check, string message) : Exception($"{check}: {message}")
{
    internal string Check => check;
}
