namespace Twisted.Benchmarks.Load;

/// <summary>
/// Holds what comes against the stream that it has to be. Bytes at another place are looked for nearby, so that it can
/// say whether some were lost, came twice, or came out of order.
/// </summary>
internal sealed class StreamVerifier(SeededStream stream, StreamTotals totals, long position = 0)
{
    private const int Needle = 16;
    private const int Window = 1 << 18;

    [ThreadStatic] private static byte[]? _expected;

    private readonly List<(long Begin, long End)> _gaps = [];
    private byte[] _held = []; // too few bytes, at a wrong place, to tell which they are
    private long _next = position;

    /// <summary>Up to where the stream has come, gaps or not.</summary>
    internal long Reached { get; private set; } = position;

    internal void Verify(ReadOnlySpan<byte> data)
    {
        if (_held.Length > 0)
        {
            byte[] joined = [.. _held, .. data];
            _held = [];
            data = joined;
        }
        byte[] expected = _expected ??= new byte[16 * 1024];
        while (!data.IsEmpty)
        {
            ReadOnlySpan<byte> piece = data[..Math.Min(data.Length, expected.Length)];
            stream.Fill(expected.AsSpan(0, piece.Length), _next);
            int good = piece.CommonPrefixLength(expected.AsSpan(0, piece.Length));
            Take(good);
            data = data[good..];
            if (good == piece.Length)
                continue;
            if (data.Length < Needle)
            {
                _held = data.ToArray();
                return;
            }
            if (!Find(data[..Needle]))
            {
                totals.Corrupt += Needle;
                _next += Needle;
                Reached = Math.Max(Reached, _next);
                data = data[Needle..];
            }
        }
    }

    /// <summary>No more will come: what is missing is lost.</summary>
    /// <param name="length">How long the stream was.</param>
    internal void End(long length)
    {
        totals.Corrupt += _held.Length;
        totals.Lost += Math.Max(0, length - Reached);
    }

    private void Take(int count)
    {
        totals.Verified += count;
        _next += count;
        Reached = Math.Max(Reached, _next);
    }

    private bool Find(ReadOnlySpan<byte> needle)
    {
        long begin = Math.Max(0, _next - Window);
        byte[] around = new byte[2 * Window];
        stream.Fill(around, begin);
        int here = (int)(_next - begin);
        int later = around.AsSpan(here).IndexOf(needle);
        if (later > 0)
        {
            Skip(_next + later);
            return true;
        }
        int earlier = around.AsSpan(0, here).LastIndexOf(needle);
        if (earlier < 0)
            return false;
        Return(begin + earlier);
        return true;
    }

    private void Skip(long to)
    {
        long missing = Math.Max(_next, Reached); // what has come already is not missed
        if (to > missing)
        {
            _gaps.Add((missing, to));
            totals.Lost += to - missing;
        }
        _next = to;
    }

    private void Return(long to)
    {
        int gap = _gaps.FindIndex(gap => gap.Begin <= to && to < gap.End);
        if (gap >= 0)
        {
            long length = _gaps[gap].End - to;
            totals.Lost -= length;
            totals.Reordered += length;
            _gaps.RemoveAt(gap);
        }
        else
            totals.Repeated += _next - to;
        _next = to;
    }
}
