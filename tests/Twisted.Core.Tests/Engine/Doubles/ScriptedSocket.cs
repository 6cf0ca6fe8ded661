using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Twisted.Tests;

/// <summary>A socket that says what a test wants it to say.</summary>
internal class ScriptedSocket : ISocketDriver
{
    /// <summary>What the next reads give: bytes (none: the end of the stream) or null, for a broken socket.</summary>
    internal Queue<byte[]?> Input { get; } = [];

    /// <summary>What was sent, a string for each call, a letter for each byte.</summary>
    internal List<string> Sent { get; } = [];

    /// <summary>How many bytes it takes before it is full; null: it is broken.</summary>
    internal int? Room { get; set; } = int.MaxValue;

    /// <summary>What it says when it is full.</summary>
    internal int WhenFull { get; set; } = ISocketDriver.WouldBlock;

    /// <summary>How often it was asked to send.</summary>
    internal int Sends { get; private set; }

    /// <summary>Who may lend bytes; see <see cref="SentInPlace"/>.</summary>
    internal byte[]? Lender { get; set; }

    /// <summary>How often it was given bytes that lie in <see cref="Lender"/>.</summary>
    internal int SentInPlace { get; private set; }

    /// <summary>What the engine wanted to hear of, each time that it said so.</summary>
    internal List<(bool Read, bool Write)> Interests { get; } = [];

    /// <summary>Who hears of its readiness.</summary>
    internal ISocketEvents? Events { get; private set; }

    internal bool IsUnwatchable { get; set; }

    internal bool Connects { get; set; } = true;

    internal int ShutDowns { get; private set; }

    internal int Closes { get; private set; }

    internal bool WasAborted { get; private set; }

    /// <summary>What it can do besides.</summary>
    internal object? Ability { get; set; }

    public EndPoint Host { get; init; } = ScriptedDriver.Here;

    public EndPoint Peer { get; init; } = ScriptedDriver.There;

    public OsFailure Failure { get; set; } = new(SocketError.ConnectionReset, 104, "Connection reset by peer");

    public bool NoDelay { get; set; }

    public bool KeepAlive { get; set; }

    /// <summary>The socket has bytes.</summary>
    internal void Readable(string data)
    {
        Input.Enqueue(Encoding.Latin1.GetBytes(data));
        Events!.OnReadable();
    }

    public bool SetInterest(ISocketEvents events, bool read, bool write)
    {
        if (IsUnwatchable)
            return false;
        Events = events;
        Interests.Add((read, write));
        return true;
    }

    public bool FinishConnecting() => Connects;

    public int Receive(Span<byte> buffer)
    {
        if (!Input.TryDequeue(out byte[]? data))
            return ISocketDriver.WouldBlock;
        if (data is null)
            return ISocketDriver.Failed;
        data.CopyTo(buffer);
        return data.Length;
    }

    public int Send(ReadOnlySpan<byte> data)
    {
        Assert.False(data.IsEmpty, "nothing was to be sent");
        Sends++;
        if (Room is not { } room)
            return ISocketDriver.Failed;
        if (room == 0)
            return WhenFull;
        if (Lender.AsSpan().Overlaps(data))
            SentInPlace++;
        int count = Math.Min(room, data.Length);
        Room = room == int.MaxValue ? room : room - count;
        Sent.Add(Encoding.Latin1.GetString(data[..count]));
        return count;
    }

    T? ISocketDriver.Get<T>() where T : class => Ability as T;

    public void ShutdownSend() => ShutDowns++;

    public void Close(bool abort)
    {
        Closes++;
        WasAborted |= abort;
    }
}

/// <summary>A datagram socket that says what a test wants it to say.</summary>
internal class ScriptedDatagrams : IDatagramDriver
{
    /// <summary>What the next reads give: bytes, or null for a failure.</summary>
    internal Queue<byte[]?> Input { get; } = [];

    internal int Receives { get; private set; }

    /// <summary>What was sent, and to whom; nobody is the connected peer.</summary>
    internal List<(int Length, EndPoint? To)> Sent { get; } = [];

    /// <summary>What sending says, when it is not the length.</summary>
    internal int? SendResult { get; set; }

    internal Action? Readable { get; private set; }

    internal bool IsUnwatchable { get; set; }

    /// <summary>There is no way to any peer.</summary>
    internal bool IsOutOfReach { get; set; }

    internal EndPoint? Connected { get; private set; }

    internal int Closes { get; private set; }

    public EndPoint Host { get; set; } = ScriptedDriver.Here;

    public OsFailure Failure { get; set; } = new(SocketError.ConnectionRefused, 111, "Connection refused");

    public void SetListener(Action? readable)
    {
        if (readable is not null && IsUnwatchable)
            throw new IOException("No space left on device");
        Readable = readable;
    }

    public bool Connect(EndPoint peer)
    {
        if (IsOutOfReach)
            return false;
        Connected = peer;
        return true;
    }

    public int Receive(Span<byte> buffer, out EndPoint? from)
    {
        Receives++;
        from = Connected is null ? ScriptedDriver.There : null;
        if (!Input.TryDequeue(out byte[]? data))
            return ISocketDriver.WouldBlock;
        if (data is null)
            return ISocketDriver.Failed;
        data.AsSpan(0, Math.Min(data.Length, buffer.Length)).CopyTo(buffer);
        return Math.Min(data.Length, buffer.Length);
    }

    public int Send(ReadOnlySpan<byte> data, EndPoint? to)
    {
        if (SendResult is { } result)
            return result;
        Sent.Add((data.Length, to));
        return data.Length;
    }

    public void Close() => Closes++;
}
