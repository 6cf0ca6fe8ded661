using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Twisted.Words;

/// <summary>
/// A message on its way to users: put together once, whoever gets it. The network has one, used again and again.
/// </summary>
/// <remarks>
/// Users who have asked for tags get them before the same bytes; each combination of tags is put together once too.
/// </remarks>
internal sealed class OutgoingMessage(TimeProvider clock)
{
    private const int Body = 2 * IrcLimits.Message; // a message that becomes too long is cut at its end, not refused
    private const int Combinations = (int)IrcCapabilities.Tags + 1;

    private readonly byte[] _body = new byte[Body + 2];
    private readonly Range[] _tagged = new Range[Combinations];
    private byte[] _taggedBytes = [];
    private int _taggedLength;
    private int _length;
    private bool _isFinished;
    private IrcCapabilities _tags; // those that this message has
    private string? _account;
    private byte[] _clientTags = [];
    private int _clientTagsLength;

    /// <summary>Begins a message of the server or of somebody by name.</summary>
    internal OutgoingMessage From(string prefix)
    {
        _length = 0;
        _isFinished = false;
        _tags = IrcCapabilities.None;
        _clientTagsLength = 0;
        _account = null;
        return Append((byte)':').Append(prefix);
    }

    /// <summary>Begins a message of a user: it has a time, and the user's account.</summary>
    internal OutgoingMessage From(IrcUser user)
    {
        From(user.Prefix);
        _tags = IrcCapabilities.ServerTime | (user.Account is null ? 0 : IrcCapabilities.AccountTag);
        _account = user.Account;
        return this;
    }

    /// <summary>Begins a message without a prefix.</summary>
    internal OutgoingMessage Bare(string command)
    {
        From("");
        _length = 0;
        return Append(command);
    }

    /// <summary>Adds the tags that clients may set for each other, those with a plus sign.</summary>
    internal OutgoingMessage Tags(ReadOnlySpan<byte> tags)
    {
        if (_clientTags.Length < tags.Length)
            _clientTags = new byte[IrcLimits.ClientTags];
        foreach (Range range in tags.Split((byte)';'))
        {
            ReadOnlySpan<byte> tag = tags[range];
            if (tag is not [(byte)'+', _, ..])
                continue;
            if (_clientTagsLength > 0)
                _clientTags[_clientTagsLength++] = (byte)';';
            tag.CopyTo(_clientTags.AsSpan(_clientTagsLength));
            _clientTagsLength += tag.Length;
        }
        if (_clientTagsLength > 0)
            _tags |= IrcCapabilities.MessageTags;
        return this;
    }

    /// <summary>Adds a parameter that is one word.</summary>
    internal OutgoingMessage Word(string word) => Append((byte)' ').Append(word);

    /// <inheritdoc cref="Word(string)"/>
    internal OutgoingMessage Word(ReadOnlySpan<byte> word) => Append((byte)' ').Append(word);

    /// <summary>Adds the last parameter.</summary>
    internal OutgoingMessage Text(string text) => Append((byte)' ').Append((byte)':').Append(text);

    /// <inheritdoc cref="Text(string)"/>
    internal OutgoingMessage Text(ReadOnlySpan<byte> text) => Append((byte)' ').Append((byte)':').Append(text);

    /// <summary>Whether clients' tags are in it.</summary>
    internal bool HasClientTags => _clientTagsLength > 0;

    /// <summary>Sends it to a user.</summary>
    internal void SendTo(IrcUser user)
    {
        if (!_isFinished)
            Finish();
        IrcCapabilities tags = user.Capabilities & _tags;
        user.Connection.Write(tags == 0 ? _body.AsSpan(0, _length) : Tagged(tags));
    }

    private void Finish()
    {
        _length = ByteText.Cut(_body.AsSpan(0, _length), IrcLimits.Message - 2).Length;
        _body[_length++] = (byte)'\r';
        _body[_length++] = (byte)'\n';
        _isFinished = true;
        Array.Clear(_tagged);
        _taggedLength = 0;
    }

    private ReadOnlySpan<byte> Tagged(IrcCapabilities tags)
    {
        ref Range place = ref _tagged[(int)tags];
        if (place.Equals(default))
            place = PutTagged(tags);
        return _taggedBytes.AsSpan(place);
    }

    private Range PutTagged(IrcCapabilities tags)
    {
        string server = ServerTags(tags);
        bool hasClients = (tags & IrcCapabilities.MessageTags) != 0;
        int start = _taggedLength;
        int most = server.Length + _clientTagsLength + _length + 3;
        if (_taggedBytes.Length - start < most)
            Array.Resize(ref _taggedBytes, Math.Max(start + most, 2 * _taggedBytes.Length));
        Span<byte> room = _taggedBytes.AsSpan(start);
        int length = 0;
        room[length++] = (byte)'@';
        length += Encoding.Latin1.GetBytes(server, room[length..]);
        if (hasClients)
        {
            if (server.Length > 0)
                room[length++] = (byte)';';
            _clientTags.AsSpan(0, _clientTagsLength).CopyTo(room[length..]);
            length += _clientTagsLength;
        }
        room[length++] = (byte)' ';
        _body.AsSpan(0, _length).CopyTo(room[length..]);
        _taggedLength = start + length + _length;
        return start.._taggedLength;
    }

    private string ServerTags(IrcCapabilities tags)
    {
        string time = (tags & IrcCapabilities.ServerTime) == 0 ? "" : "time=" + clock.GetUtcNow()
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        string account = (tags & IrcCapabilities.AccountTag) == 0 ? "" : "account=" + IrcTags.Escape(_account!);
        return time.Length > 0 && account.Length > 0 ? $"{time};{account}" : time + account;
    }

    private OutgoingMessage Append(byte value)
    {
        Debug.Assert(!_isFinished, "a message that was sent goes on");
        if (_length < Body)
            _body[_length++] = value;
        return this;
    }

    private OutgoingMessage Append(string text)
    {
        int count = Math.Min(text.Length, Body - _length);
        _length += Encoding.Latin1.GetBytes(text.AsSpan(0, count), _body.AsSpan(_length));
        return this;
    }

    private OutgoingMessage Append(ReadOnlySpan<byte> bytes)
    {
        int count = Math.Min(bytes.Length, Body - _length);
        bytes[..count].CopyTo(_body.AsSpan(_length));
        _length += count;
        return this;
    }
}
