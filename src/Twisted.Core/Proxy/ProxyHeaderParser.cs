using System.Buffers.Binary;

namespace Twisted.Protocols;

/// <summary>
/// Reads one PROXY header, version 1 or 2, in pieces of any size; every deviation is an error as soon as it is seen.
/// </summary>
/// <remarks>Memory follows the bytes that came, never a length that was announced.</remarks>
internal sealed class ProxyHeaderParser(int maxTlvLength)
{
    private const int LongestText = 107;   // of version 1, with CR LF
    private const int UsualBinary = 536;   // what version 2 asks every receiver to take
    private const int FixedPart = 16;

    private static readonly byte[] Signature = "\r\n\r\n\0\r\nQUIT\n"u8.ToArray();

    private byte[] _bytes = new byte[LongestText];
    private int _count;
    private int _total; // of version 2, once its length is known

    /// <summary>The header, once it is complete.</summary>
    internal ProxyHeader? Header { get; private set; }

    /// <summary>What is wrong with it.</summary>
    internal string? Error { get; private set; }

    private static ReadOnlySpan<byte> TextBegin => "PROXY "u8;

    /// <summary>Takes what belongs to the header.</summary>
    /// <returns>How many bytes that was: the rest is not the header's.</returns>
    internal int Feed(ReadOnlySpan<byte> data)
    {
        int used = 0;
        while (used < data.Length && Header is null && Error is null)
        {
            // Byte by byte while each one may be wrong or the last; the announced rest of version 2 in one go.
            int take = _total > 0 ? Math.Min(_total - _count, data.Length - used) : 1;
            Append(data.Slice(used, take));
            used += take;
            if (_total == 0)
                Check();
            if (_total > 0 && _count == _total && Error is null)
                Finish(ProxyHeaderBytes.Parse(_bytes.AsSpan(0, _count)));
        }
        return used;
    }

    private void Append(ReadOnlySpan<byte> data)
    {
        if (_bytes.Length - _count < data.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _count + data.Length));
        data.CopyTo(_bytes.AsSpan(_count));
        _count += data.Length;
    }

    private void Check()
    {
        if (_bytes[0] == TextBegin[0])
            CheckText(_bytes[_count - 1]);
        else if (_bytes[0] == Signature[0])
            CheckBinary(_bytes[_count - 1]);
        else
            Error = $"it begins with the byte 0x{_bytes[0]:x2}: there is no PROXY header";
    }

    private void CheckText(byte last)
    {
        if (_count <= TextBegin.Length)
        {
            if (last != TextBegin[_count - 1])
                Error = "it begins with 'P' and is no 'PROXY '";
        }
        else if (last == '\n')
        {
            if (_bytes[_count - 2] == '\r')
                Finish(ProxyHeaderText.Parse(_bytes.AsSpan(TextBegin.Length, _count - TextBegin.Length - 2)));
            else
                Error = "its line ends with LF alone instead of CR LF";
        }
        else if (_bytes[_count - 2] == '\r')
            Error = "there is a CR without LF in its line";
        else if (_count == LongestText)
            Error = $"its line is longer than {LongestText} bytes";
    }

    private void CheckBinary(byte last)
    {
        if (_count <= Signature.Length)
        {
            if (last != Signature[_count - 1])
                Error = "its signature is not that of version 2";
        }
        else if (_count == 13 && last >> 4 != 2)
            Error = $"its version is {last >> 4}, not 2";
        else if (_count == 13 && (last & 0xf) > 1)
            Error = $"its command is {last & 0xf}, neither 0 (LOCAL) nor 1 (PROXY)";
        else if (_count == FixedPart)
        {
            _total = FixedPart + BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(14));
            if (_total > UsualBinary + maxTlvLength)
                Error = $"it announces {_total} bytes, more than {UsualBinary + maxTlvLength}";
        }
    }

    private void Finish((ProxyHeader? Header, string? Error) result) => (Header, Error) = result;
}
