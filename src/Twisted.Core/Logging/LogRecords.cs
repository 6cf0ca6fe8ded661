using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Twisted.Logging;

/// <summary>
/// Writes events as records to a place that may fail: what it does not take is lost and counted, and the first record
/// that it takes again says how many were.
/// </summary>
/// <remarks>Any thread: it locks.</remarks>
/// <param name="format">How.</param>
/// <param name="output">Where to; it throws what it likes.</param>
internal sealed class LogRecords(LogFormat format, LogRecords.TakeRecord output)
{
    private const int LargestKept = 64 * 1024; // an event that needed more was rare: give the memory back

    private readonly Lock _gate = new();
    private ArrayBufferWriter<byte> _buffer = new();
    private int _untold;
    private string _reason = "";
    private bool _isWriting;

    /// <summary>Takes a record, or throws.</summary>
    internal delegate void TakeRecord(ReadOnlySpan<byte> record);

    /// <summary>How many events were lost so far.</summary>
    internal int Lost { get; private set; }

    /// <summary>Writes an event, and before it how many were lost since the last.</summary>
    internal void Write(LogEvent logEvent) =>
        Write(logEvent.Time, logEvent, static (one, format, buffer) => format.Write(one, buffer));

    /// <summary>Writes bytes as they are, as a record.</summary>
    internal void Write(DateTimeOffset time, byte[] record) =>
        Write(time, record, static (bytes, _, buffer) => buffer.Write(bytes));

    /// <summary>Runs something while nobody writes.</summary>
    internal void Between(Action callback)
    {
        lock (_gate)
            callback();
    }

    private void Write<T>(DateTimeOffset time, T what, Action<T, LogFormat, IBufferWriter<byte>> make)
    {
        lock (_gate)
        {
            if (_isWriting)
            {
                Lost++; // the place itself logs, here: without end
                return;
            }
            _isWriting = true;
            try
            {
                if (_untold > 0)
                    format.Write(Gap(time), _buffer);
                make(what, format, _buffer);
                output(_buffer.WrittenSpan);
                _untold = 0;
            }
            catch (Exception failure)
            {
                Lost++; // who logs, in a callback for one, must not fail of that
                _untold++;
                _reason = Safely.MessageOf(failure);
            }
            finally
            {
                _isWriting = false;
                if (_buffer.Capacity > LargestKept)
                    _buffer = new();
                else
                    _buffer.ResetWrittenCount();
            }
        }
    }

    private LogEvent Gap(DateTimeOffset time) => new()
    {
        Time = time,
        Level = LogLevel.Error,
        Category = LogNames.Category,
        EventId = LogNames.Lost,
        Message = string.Create(CultureInfo.InvariantCulture,
            $"Messages lost before this one: {_untold}. {_reason}"),
        Properties = [new("Count", _untold), new("Reason", _reason)],
    };
}
