using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Twisted.Words;

/// <summary>What was said, in a file: a line a message, with its local time before it.</summary>
/// <remarks>
/// <para>
/// Reactor thread only, and it writes there: a line is one write of a few hundred bytes to the memory of the system, as
/// in a <c>LogFile</c>, and it is out before the next message is read, so that a process that is killed has lost none.
/// A thread of its own would give that up, and wait for the same memory. Not for network file systems.
/// </para>
/// <para>
/// After the constructor nothing throws but <see cref="Reopen"/>. While the disk is full or broken, lines wait in
/// memory and are tried again after a second, two, four, up to 30; beyond <see cref="MostWaitingLines"/> or
/// <see cref="MostWaitingBytes"/> the oldest are lost, and a line says how many. One that the disk took in part is
/// completed. A file that was moved or removed is noticed within a second, and its name opened anew.
/// </para>
/// <para>
/// Formatting codes are left out, and whatever could move a cursor, end a line or turn the direction of writing is
/// replaced, so that nobody on the network forges a line. Twisted: <c>MessageLogger</c> of <c>ircLogBot.py</c>.
/// </para>
/// </remarks>
public sealed partial class MessageLog : IDisposable
{
    /// <summary>How many lines wait for the disk at most.</summary>
    public const int MostWaitingLines = 10_000;

    /// <summary>How many bytes wait for the disk at most.</summary>
    public const int MostWaitingBytes = 1024 * 1024;

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    private readonly IReactorTime _reactor;
    private readonly ILogger _log;
    private readonly Func<string, IMessageFile> _open;
    private readonly Queue<byte[]> _waiting = new();
    private int _waitingBytes;
    private byte[] _torn = [];      // the line that the disk has taken in part
    private int _taken;             // so much of it
    private int _untold;            // lines lost since a line said how many
    private DateTimeOffset _untoldSince;
    private IMessageFile _file;
    private IDelayedCall? _retry;   // there while the disk takes nothing
    private TimeSpan _retryDelay = FirstRetry;
    private TimeSpan _lookedAt;
    private DateOnly _day;          // of the line before
    private bool _isClosed;

    /// <summary>Opens a file to append to, or creates it.</summary>
    /// <param name="path">Its name; the folder exists.</param>
    /// <param name="reactor">The clock.</param>
    /// <param name="log">Where failures of the disk are told; nowhere unless given.</param>
    /// <exception cref="IOException">It cannot be opened; the message says why.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public MessageLog(string path, IReactorTime reactor, ILogger? log = null)
        : this(path, reactor, log, MessageFile.Open)
    {
    }

    internal MessageLog(string path, IReactorTime reactor, ILogger? log, Func<string, IMessageFile> open)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(reactor);
        Path = System.IO.Path.GetFullPath(path);
        _reactor = reactor;
        _log = log ?? NullLogger.Instance;
        _open = open;
        _file = open(Path);
        _lookedAt = reactor.Now;
        _day = DateOnly.FromDateTime(LocalNow.DateTime);
        Complete();
    }

    /// <summary>The name that it writes to, absolute.</summary>
    public string Path { get; }

    /// <summary>How many lines wait for the disk.</summary>
    public int WaitingLines => _waiting.Count;

    /// <summary>How many lines were lost so far.</summary>
    public long LostLines { get; private set; }

    internal DateTimeOffset LocalNow => _reactor.TimeProvider.GetLocalNow();

    /// <summary>Appends "[HH:MM:SS] message"; before the first line of a day, one with its date.</summary>
    /// <param name="message">Any text; made safe.</param>
    public void Log(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_isClosed)
        {
            LostLines++;
            return;
        }
        DateTimeOffset now = LocalNow;
        var day = DateOnly.FromDateTime(now.DateTime);
        if (day != _day)
            Enqueue(Line(now, string.Create(CultureInfo.InvariantCulture, $"[the day is {now:ddd MMM d yyyy}]")));
        _day = day;
        Enqueue(Line(now, message));
        if (_retry is null)
            Write();
    }

    /// <summary>Opens the name anew, after somebody has moved the file; what waits is tried at once.</summary>
    /// <exception cref="IOException">It cannot be opened; it goes on with the file that it has.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of a right.</exception>
    public void Reopen()
    {
        if (_isClosed)
            return;
        if (_taken == 0 || !_file.IsStillNamed) // else the rest of the line belongs to this file
            Use(_open(Path));
        StopWaiting();
        Write();
    }

    /// <summary>Tries what waits for the last time, and closes the file.</summary>
    public void Dispose()
    {
        if (_isClosed)
            return;
        _retry?.Cancel();
        TryWriteAll(out _);
        _isClosed = true;
        _file.Dispose();
        int left = _waiting.Count + _untold;
        if (left > 0 || _torn.Length > 0)
            LogBotLog.Abandoned(_log, Path, left + (_torn.Length > 0 ? 1 : 0));
        LostLines += _waiting.Count;
        _waiting.Clear();
    }

    private static byte[] Line(DateTimeOffset time, string message)
    {
        string safe = Harmful().Replace(IrcFormatting.Strip(message), "\uFFFD");
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"[{time:HH:mm:ss}] {safe}\n"));
    }

    private void Enqueue(byte[] line)
    {
        _waiting.Enqueue(line);
        _waitingBytes += line.Length;
        while (_waiting.Count > MostWaitingLines || _waitingBytes > MostWaitingBytes)
        {
            _waitingBytes -= _waiting.Dequeue().Length;
            if (_untold++ == 0)
                _untoldSince = LocalNow;
            LostLines++;
        }
    }

    private void Write()
    {
        Look();
        if (TryWriteAll(out Exception? failure))
        {
            if (_retryDelay > FirstRetry)
                LogBotLog.DiskTakesAgain(_log, Path);
            _retryDelay = FirstRetry;
            return;
        }
        if (_retryDelay == FirstRetry)
            LogBotLog.DiskRefuses(_log, Path, failure!.Message);
        _retry = _reactor.CallLater(_retryDelay, static log => log.TryAgain(), this);
        _retryDelay = _retryDelay * 2 < LongestRetry ? _retryDelay * 2 : LongestRetry;
    }

    private void TryAgain()
    {
        _retry = null;
        Write();
    }

    private void StopWaiting()
    {
        _retry?.Cancel();
        _retry = null;
    }

    /// <summary>Opens the name anew when it is another file; seldom, for it costs a call of the system.</summary>
    private void Look()
    {
        if (_reactor.Now - _lookedAt < LookInterval)
            return;
        _lookedAt = _reactor.Now;
        if (_file.IsStillNamed)
            return;
        try
        {
            Use(_open(Path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogBotLog.NotReopened(_log, Path, failure.Message);
        }
    }

    private void Use(IMessageFile file)
    {
        _file.Dispose();
        _file = file;
        _taken = 0;
        Complete();
    }

    /// <summary>A line that was cut off, when a process before this one had a full disk, gets its end.</summary>
    private void Complete()
    {
        if (_file.IsTorn)
            _torn = [(byte)'\n', .. _torn];
    }

    private bool TryWriteAll(out Exception? failure)
    {
        failure = null;
        if (_torn.Length > 0 && !Finish(ref failure))
            return false;
        if (_untold > 0)
        {
            byte[] gap = Line(
                _untoldSince, string.Create(CultureInfo.InvariantCulture, $"[{_untold} lines were lost]"));
            if (!Put(gap, out failure))
                return false;
            _untold = 0;
            if (_torn.Length > 0)
                return false;
        }
        while (_waiting.TryPeek(out byte[]? line))
        {
            if (!Put(line, out failure))
                return false;
            _waiting.Dequeue();
            _waitingBytes -= line.Length;
            if (_torn.Length > 0)
                return false;
        }
        return true;
    }

    /// <summary>Whether anything of a line is in the file; what of it is not, is in <see cref="_torn"/>.</summary>
    private bool Put(byte[] line, out Exception? failure)
    {
        int taken = _file.Append(line, out failure);
        if (taken > 0 && taken < line.Length)
            (_torn, _taken) = (line, taken);
        return taken > 0;
    }

    /// <summary>Whether the rest of the line that was taken in part is in the file now.</summary>
    private bool Finish(ref Exception? failure)
    {
        _taken += _file.Append(_torn.AsSpan(_taken), out failure);
        if (_taken < _torn.Length)
            return false;
        (_torn, _taken) = ([], 0);
        return true;
    }

    /// <summary>Control characters, ends of lines, and what turns the direction of writing.</summary>
    [GeneratedRegex(@"[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]")]
    private static partial Regex Harmful();
}
