using System.Buffers;

namespace Twisted.Words;

/// <summary>Lines that no server should get, and too many of them.</summary>
internal sealed partial class IrcServerConnection : IDrainable
{
    private static readonly SearchValues<byte> NeverInText = SearchValues.Create("\r\0"u8);

    private TokenBucket? _flood;
    private IDelayedCall? _floodTimer;
    private long _waiting; // bytes received and not handled yet
    private Holds _holds;

    /// <summary>Why no lines are taken for now.</summary>
    [Flags]
    private enum Holds : byte
    {
        None = 0,
        Flood = 1,
        Login = 2,
    }

    void IDrainable.Drain() => Close("Server shutting down");

    protected override void DataReceived(ReadOnlySpan<byte> data)
    {
        _waiting += data.Length;
        base.DataReceived(data);
        CheckWaiting();
    }

    protected override void LineReceived(ReadOnlySpan<byte> line)
    {
        _waiting -= line.Length + 1;
        LastHeard = _network.Reactor.Now;
        line = line.TrimEnd((byte)'\r');
        int tags = line is [(byte)'@', ..] ? line.IndexOf((byte)' ') + 1 : 0;
        if (tags > IrcLimits.ClientTags || line.Length - tags > IrcLimits.Message - 2)
            Reply("417", "Input line was too long");
        else if (line.ContainsAny(NeverInText))
            base.LineReceived(Without(line));
        else
            base.LineReceived(line);
        UseFlood();
    }

    /// <summary>Tells of it, and leaves out all up to the next line.</summary>
    protected override void LineLengthExceeded(ReadOnlySpan<byte> line)
    {
        Reply("417", "Input line was too long");
        UseFlood();
        SetRawMode();
        RawDataReceived(line);
    }

    protected override void RawDataReceived(ReadOnlySpan<byte> data)
    {
        int end = data.IndexOf((byte)'\n');
        _waiting -= end < 0 ? data.Length : end + 1;
        if (end >= 0)
            SetLineMode(data[(end + 1)..]);
    }

    private static byte[] Without(ReadOnlySpan<byte> line)
    {
        byte[] kept = new byte[line.Length];
        int length = 0;
        foreach (byte value in line)
        {
            if (!NeverInText.Contains(value))
                kept[length++] = value;
        }
        return kept[..length];
    }

    /// <summary>A line has been handled: when there were too many, the next ones wait until it is their time.</summary>
    private void UseFlood()
    {
        if (Options.FloodBurst == 0 || Options.FloodRate == 0 || _user.IsOperator || _isEnding)
            return;
        _flood ??= new TokenBucket(_network.Reactor, Options.FloodRate, Options.FloodBurst);
        _flood.Use(1);
        if (_flood.Wait is var wait && wait == TimeSpan.Zero)
            return;
        Hold(Holds.Flood);
        _floodTimer = _network.Reactor.CallLater(wait, static connection => connection.Release(Holds.Flood), this);
    }

    private void Hold(Holds why)
    {
        _holds |= why;
        PauseProducing();
    }

    private void Release(Holds why)
    {
        if (!IsConnected || _holds == Holds.None)
            return;
        _holds &= ~why;
        if (_holds != Holds.None)
            return;
        ResumeProducing();
        CheckWaiting();
    }

    private void CheckWaiting()
    {
        if (IsPaused && Options.ReceiveQueueLimit > 0 && _waiting > Options.ReceiveQueueLimit)
            Close("Excess Flood");
    }
}
