using System.Globalization;
using Microsoft.Extensions.Logging;
using Twisted.Internet;

namespace Twisted.Logging;

/// <summary>
/// A log in a file, which begins a new one by size or by day, and opens its name again after somebody has moved it.
/// Twisted: <c>LogFile</c>, <c>DailyLogFile</c>.
/// </summary>
/// <remarks>
/// <para>
/// Any thread. After the constructor nothing throws: what a full or broken disk does not take is lost and counted, and
/// the first line that it takes again says how many were lost. Each event is one write to the end of the file, without
/// a buffer.
/// </para>
/// <para>
/// By size, <c>name</c> becomes <c>name.1</c>, which becomes <c>name.2</c>, and so on; by day it becomes
/// <c>name.yyyy_MM_dd</c>, the day of its events. If the name belongs to another file by then, because a second process
/// or logrotate was quicker, that one is opened and nothing is renamed.
/// </para>
/// </remarks>
/// <example><code>
/// using var file = new LogFile("server.log", new LogFileOptions { RotateLength = 10_000_000, MaxRotatedFiles = 5 });
/// using ILoggerFactory logging = TwistedLog.Start(file);
/// </code></example>
public sealed class LogFile : ILogObserver, IDisposable
{
    private readonly LogFileOptions _options;
    private readonly LogRecords _records;
    private FileStream? _file; // without a buffer; null: closed, or it could not be opened again yet
    private long _size;
    private long _rotateAt;
    private DateOnly _day;
    private bool _isTorn; // a record was written in part: the next one begins a line
    private bool _isClosed;

    /// <summary>Opens a file to append to, or creates it.</summary>
    /// <param name="path">Its name; the folder exists.</param>
    /// <param name="options">How.</param>
    /// <exception cref="IOException">It cannot be opened; the message says why.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public LogFile(string path, LogFileOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _options = options ?? new LogFileOptions();
        if (_options is { RotateLength: not null, RotateDaily: true })
            throw new ArgumentException("A log rotates by size or by day: set RotateLength or RotateDaily.",
                nameof(options));
        if (_options.RotateLength <= 0 || _options.MaxRotatedFiles < 0)
            throw new ArgumentOutOfRangeException(nameof(options),
                "RotateLength is a number of bytes above 0, MaxRotatedFiles is 0 or more.");
        Path = System.IO.Path.GetFullPath(path);
        _records = new LogRecords(_options.Format, Append);
        Use(Open());
    }

    /// <summary>The name that it writes to, absolute.</summary>
    public string Path { get; }

    /// <summary>How many events and lines were lost so far.</summary>
    public int Lost => _records.Lost;

    /// <inheritdoc/>
    public void Observe(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        _records.Write(logEvent);
    }

    /// <summary>Appends bytes as they are, of an access log for one.</summary>
    /// <param name="record">Whole lines, each with its line break.</param>
    public void Write(ReadOnlySpan<byte> record) => _records.Write(_options.Clock.GetLocalNow(), record.ToArray());

    /// <summary>
    /// Opens the name anew, after somebody has moved the file: <c>signals.OnSignal(PosixSignal.SIGHUP, file.Reopen)</c>
    /// for logrotate. If that fails it goes on with the file that it has. Twisted: <c>LogFile.reopen</c>.
    /// </summary>
    public void Reopen() => Change(() => Use(Open()));

    /// <summary>Begins a new file now, as if the time for it had come. Twisted: <c>LogFile.rotate</c>.</summary>
    public void Rotate() => Change(RenameAndOpen);

    /// <summary>Closes the file. What is logged afterwards is lost, and counted.</summary>
    public void Dispose() => _records.Between(() =>
    {
        _isClosed = true;
        _file?.Dispose();
        _file = null;
    });

    private static bool IsOfDisk(Exception failure) => failure is IOException or UnauthorizedAccessException;

    private void Change(Action change)
    {
        Exception? failure = null;
        _records.Between(() =>
        {
            if (_isClosed)
                return;
            try
            {
                change();
            }
            catch (Exception inChange) when (IsOfDisk(inChange))
            {
                failure = inChange;
            }
        });
        if (failure is not null)
            _records.Write(NotRotated(failure));
    }

    /// <summary>Under the lock of the records. It throws what the disk says.</summary>
    private void Append(ReadOnlySpan<byte> record)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (_file is null)
            Use(Open());
        if (IsTimeToRotate(record.Length))
            RotateOrGoOn();
        if (_isTorn)
        {
            Put("\n"u8);
            _isTorn = false;
        }
        Put(record);
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_file!.SafeFileHandle, bytes, _size); // it appends: Windows needs the place
            _size += bytes.Length;
        }
        catch (Exception failure) when (IsOfDisk(failure))
        {
            long size = Size(_file!);
            _isTorn |= size > _size;
            _size = size;
            throw;
        }
    }

    private bool IsTimeToRotate(int length) => _options.RotateDaily
        ? Today() > _day
        : _size > 0 && _size + length > _rotateAt;

    private DateOnly Today() => LocalDay(_options.Clock.GetUtcNow().UtcDateTime);

    private DateOnly LocalDay(DateTime utc) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, _options.Clock.LocalTimeZone));

    private void RotateOrGoOn()
    {
        try
        {
            RenameAndOpen();
        }
        catch (Exception failure) when (IsOfDisk(failure))
        {
            _rotateAt = _size + _options.RotateLength ?? long.MaxValue; // not again for each line
            _day = Today();
            Put(Record(NotRotated(failure)));
        }
    }

    private void RenameAndOpen()
    {
        if (IsStillOurs())
        {
            if (_options.RotateDaily)
                RotatedFiles.ByDay(Path, _day, _options.MaxRotatedFiles);
            else
                RotatedFiles.BySize(Path, _options.MaxRotatedFiles);
        }
        Use(Open());
    }

    /// <summary>Whether the name is the file that we have open; it may have been moved, or rotated since.</summary>
    private bool IsStillOurs()
    {
        if (_file is null || !OperatingSystem.IsLinux())
            return true;
        string open = $"/proc/self/fd/{_file.SafeFileHandle.DangerousGetHandle()}";
        return FileIdentity.Of(Path, follows: true) is { } named && named == FileIdentity.Of(open, follows: true);
    }

    /// <summary>The new one is open before the old one is closed: if that fails, nothing is lost.</summary>
    private void Use(FileStream file)
    {
        _file?.Dispose();
        _file = file;
        _size = Size(file);
        _rotateAt = _options.RotateLength ?? long.MaxValue;
        _isTorn = false;
        _day = _size == 0
            ? Today()
            : LocalDay(File.GetLastWriteTimeUtc(file.SafeFileHandle));
    }

    private FileStream Open()
    {
        var how = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = _options.Mode;
        var file = new FileStream(Path, how);
        if (OperatingSystem.IsLinux())
            AppendAlways((int)file.SafeFileHandle.DangerousGetHandle());
        return file;
    }

    /// <summary>
    /// .NET remembers where it appends. The system looks each time: so two processes lose nothing, nor does a file
    /// that somebody cuts to nothing.
    /// </summary>
    private static void AppendAlways(int descriptor)
    {
        int flags = Libc.FileControl(descriptor, Linux.F_GETFL, 0);
        if (flags >= 0)
            _ = Libc.FileControl(descriptor, Linux.F_SETFL, flags | Linux.O_APPEND);
    }

    /// <summary>0 for what has none, a pipe or a terminal.</summary>
    private static long Size(FileStream file) =>
        file.CanSeek ? RandomAccess.GetLength(file.SafeFileHandle) : 0;

    private byte[] Record(LogEvent logEvent)
    {
        var record = new System.Buffers.ArrayBufferWriter<byte>();
        _options.Format.Write(logEvent, record);
        return record.WrittenSpan.ToArray();
    }

    private LogEvent NotRotated(Exception failure) => new()
    {
        Time = _options.Clock.GetLocalNow(),
        Level = LogLevel.Error,
        Category = LogNames.Category,
        EventId = LogNames.FileNotRotated,
        Message = string.Create(CultureInfo.InvariantCulture,
            $"{Path} could not be rotated or opened anew; it goes on as it is. {failure.Message}"),
        Properties = [new("Path", Path)],
    };
}
