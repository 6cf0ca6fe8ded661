using System.Buffers;
using System.Text;

namespace Twisted.Processes;

/// <summary>What a process writes to one of its outputs, and who waits for a line of it.</summary>
internal sealed class Transcript
{
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _read; // up to here lines have been given out
    private bool _isComplete;

    internal byte[] Bytes
    {
        get
        {
            lock (_lock)
                return _bytes.WrittenSpan.ToArray();
        }
    }

    internal string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Copies a stream to its end.</summary>
    internal async Task Collect(Stream stream)
    {
        byte[] buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer).ConfigureAwait(false) is > 0 and int count)
            Add(buffer.AsSpan(0, count), isLast: false);
        Add([], isLast: true);
    }

    /// <summary>The next whole line that is wanted, past those before it. Null: the output has ended.</summary>
    internal async Task<string?> Line(Predicate<string> isWanted)
    {
        while (true)
        {
            Task grown;
            lock (_lock)
            {
                while (Next() is { } line)
                {
                    if (isWanted(line))
                        return line;
                }
                if (_isComplete)
                    return null;
                grown = _grown.Task;
            }
            await grown.ConfigureAwait(false);
        }
    }

    private string? Next()
    {
        ReadOnlySpan<byte> rest = _bytes.WrittenSpan[_read..];
        int length = rest.IndexOf((byte)'\n');
        if (length < 0)
            return null;
        _read += length + 1;
        return Encoding.UTF8.GetString(rest[..length]).TrimEnd('\r');
    }

    private void Add(ReadOnlySpan<byte> data, bool isLast)
    {
        TaskCompletionSource grown;
        lock (_lock)
        {
            _bytes.Write(data);
            _isComplete = isLast;
            grown = _grown;
            _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        grown.SetResult();
    }
}
