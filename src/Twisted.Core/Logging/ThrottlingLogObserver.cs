using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Twisted.Logging;

/// <summary>
/// Lets a flood of warnings and errors through as a few of each kind and a count of the rest, so that a million
/// failures a second write less than 1 MB of log a minute. Lower levels pass as they are.
/// </summary>
/// <remarks>
/// Any thread. In ten seconds, five events of one kind pass, and 64 KiB of all kinds together. At the end of the ten
/// seconds it says for each kind how many more there were. A kind is the event id, the category, the type of the
/// failure and its message.
/// </remarks>
public sealed class ThrottlingLogObserver : ILogObserver, IDisposable
{
    private const int Burst = 5;
    private const int MaxBytes = 64 * 1024;
    private const int MaxKinds = 100; // an attacker makes new messages at will: the others share one count
    private const int MaxSample = 200;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static readonly EventKind Others = new(0, "", null, 0);

    private readonly Lock _gate = new();
    private readonly ILogObserver _observer;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly Dictionary<EventKind, KindCount> _kinds = [];
    private int _bytes;
    private bool _isOpen; // a window: the timer will close it

    /// <summary>An observer.</summary>
    /// <param name="observer">Gets what passes, and the counts.</param>
    /// <param name="clock">The clock; the system's unless given. Its timer tells the counts, on its own thread.</param>
    public ThrottlingLogObserver(ILogObserver observer, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        _observer = observer;
        _clock = clock ?? TimeProvider.System;
        _timer = _clock.CreateTimer(static self => ((ThrottlingLogObserver)self!).CloseWindow(), this,
            Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Observe(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        if (logEvent.Level < LogLevel.Warning || Passes(logEvent))
            _observer.Observe(logEvent);
    }

    /// <summary>Tells the counts that are not told yet.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        CloseWindow();
    }

    private bool Passes(LogEvent logEvent)
    {
        string text = logEvent.Exception is { } failure ? Safely.MessageOf(failure) : logEvent.Message;
        var kind = new EventKind(logEvent.EventId.Id, logEvent.Category, logEvent.Exception?.GetType(),
            string.GetHashCode(text, StringComparison.Ordinal));
        lock (_gate)
        {
            if (!_isOpen)
            {
                _isOpen = true;
                _timer.Change(Window, Timeout.InfiniteTimeSpan);
            }
            if (_kinds.Count >= MaxKinds && !_kinds.ContainsKey(kind))
                kind = Others;
            ref KindCount count = ref CollectionsMarshal.GetValueRefOrAddDefault(_kinds, kind, out _);
            count.Sample ??= logEvent;
            if (count.Passed < Burst && _bytes < MaxBytes)
            {
                count.Passed++;
                _bytes += Encoding.UTF8.GetByteCount(logEvent.Message);
                if (logEvent.Exception is not null)
                    _bytes += Encoding.UTF8.GetByteCount(Safely.Text(logEvent.Exception));
                return true;
            }
            count.Dropped++;
            return false;
        }
    }

    private void CloseWindow()
    {
        LogEvent[] reports;
        lock (_gate)
        {
            DateTimeOffset now = _clock.GetLocalNow();
            reports = [.. from kind in _kinds where kind.Value.Dropped > 0 select Report(kind.Key, kind.Value, now)];
            _kinds.Clear();
            _bytes = 0;
            _isOpen = false;
        }
        foreach (LogEvent report in reports)
            _observer.Observe(report);
    }

    private static LogEvent Report(EventKind kind, KindCount count, DateTimeOffset now)
    {
        LogEvent sample = count.Sample!;
        string message = sample.Exception is { } failure
            ? $"{sample.Message}: {Safely.MessageOf(failure)}"
            : sample.Message;
        string like = kind == Others ? "of other kinds" : "like this";
        return new LogEvent
        {
            Time = now,
            Level = sample.Level,
            Category = sample.Category,
            EventId = LogNames.Repeated,
            Message = string.Create(CultureInfo.InvariantCulture,
                $"{count.Dropped} more {like} in {Window.TotalSeconds} s: {Shortened(message)}"),
            Properties = [new("Count", count.Dropped), new("Id", sample.EventId.Id)],
        };
    }

    private static string Shortened(string text) => text.Length <= MaxSample ? text : text[..MaxSample] + "...";

    private readonly record struct EventKind(int Id, string Category, Type? Failure, int Text);

    private struct KindCount
    {
        internal LogEvent? Sample;
        internal int Passed;
        internal int Dropped;
    }
}
