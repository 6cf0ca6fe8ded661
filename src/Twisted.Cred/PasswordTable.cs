using System.Text;

namespace Twisted.Cred;

/// <summary>What stands in a password file: <c>name:hash</c> a line; empty lines and those that begin with # do not
/// count.</summary>
internal sealed class PasswordTable
{
    internal const int LargestFile = 16 * 1024 * 1024;

    private const int LongestLine = 2048;
    private const int LongestName = 256;
    private const int MostUsers = 100_000;

    private readonly Dictionary<string, (string Name, PasswordHash Hash, int Line)> _users;
    private readonly List<PasswordHash> _hashes = [];

    private PasswordTable(StringComparer comparer) => _users = new(comparer);

    internal int Count => _users.Count;

    /// <exception cref="PasswordFileException">It is malformed; the message says where.</exception>
    internal static PasswordTable Parse(ReadOnlySpan<byte> data, string path, FileCheckerOptions options)
    {
        var table = new PasswordTable(options.IgnoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        if (data.Length > LargestFile)
            throw new PasswordFileException(path, 1, 1, $"expected a file of at most {LargestFile} bytes");
        if (data.StartsWith(Encoding.UTF8.Preamble))
            data = data[Encoding.UTF8.Preamble.Length..];
        for (int number = 1; !data.IsEmpty; number++)
        {
            int end = data.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? data : data[..end];
            data = end < 0 ? [] : data[(end + 1)..];
            if (line.EndsWith("\r"u8))
                line = line[..^1];
            if (table.Add(line, number, options) is { } mistake)
                throw new PasswordFileException(path, number, mistake.At + 1, mistake.Expected);
        }
        return table;
    }

    /// <summary>The user's name as the file has it; null when this is not the password. Slow; any thread.</summary>
    internal string? Verify(string name, string password)
    {
        bool isKnown = _users.TryGetValue(name, out (string Name, PasswordHash Hash, int Line) user);
        bool isRight = (isKnown ? user.Hash : Stranger(name)) is { } hash
            ? hash.Verify(Passwords.Bounded(password, out bool fits)) & fits
            : Passwords.VerifyNothing(password);
        return isKnown & isRight ? user.Name : null;
    }

    /// <summary>The same with a proof that needs the password itself.</summary>
    internal string? Verify(string name, IUsernameHashedPassword proof)
    {
        bool isKnown = _users.TryGetValue(name, out (string Name, PasswordHash Hash, int Line) user);
        string? plain = user.Hash?.Plain;
        bool isRight = proof.CheckPassword(plain ?? "");
        return isKnown & plain is not null & isRight ? user.Name : null;
    }

    /// <returns>Null: it may stand in a file.</returns>
    internal static (int At, string Expected)? MistakeOfName(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name.Length > LongestName)
            return (0, $"expected a name of 1 to {LongestName} characters");
        if (name[0] is '#' || char.IsWhiteSpace(name[0]))
            return (0, "expected a name that begins with neither # nor white space");
        if (char.IsWhiteSpace(name[^1]))
            return (name.Length - 1, "expected a name without white space at its end");
        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsControl(name[i]) || name[i] == ':')
                return (i, "expected a name without colons and control characters");
        }
        return null;
    }

    /// <summary>
    /// For a name that there is not, the hash of one that there is, always the same: it takes as long, although the
    /// users' hashes may have different iterations.
    /// </summary>
    private PasswordHash? Stranger(string name) => _hashes.Count == 0
        ? null
        : _hashes[(int)((uint)_users.Comparer.GetHashCode(name) % (uint)_hashes.Count)];

    private (int At, string Expected)? Add(ReadOnlySpan<byte> bytes, int number, FileCheckerOptions options)
    {
        if (bytes.IsEmpty || bytes[0] == '#')
            return null;
        if (bytes.Length > LongestLine)
            return (LongestLine, $"expected a line of at most {LongestLine} bytes");
        if (FirstMistakeOfUtf8(bytes) is { } at)
            return (at, "expected UTF-8");
        string line = Encoding.UTF8.GetString(bytes);
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return (line.Length, "expected name:hash, and there is no colon");
        string name = line[..colon];
        if (MistakeOfName(name) is { } mistake)
            return mistake;
        if (PasswordHash.Parse(line[(colon + 1)..], options.InsecureAllowPlainText, out int place, out string expected)
            is not { } hash)
            return (colon + 1 + place, expected);
        if (!_users.TryAdd(name, (name, hash, number)))
            return (0, $"expected a name only once, and this one is in line {_users[name].Line} already");
        _hashes.Add(hash);
        return _users.Count > MostUsers ? (0, $"expected at most {MostUsers} users") : null;
    }

    /// <summary>In characters, as editors count.</summary>
    private static int? FirstMistakeOfUtf8(ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; !bytes.IsEmpty;)
        {
            if (Rune.DecodeFromUtf8(bytes, out Rune rune, out int length) != System.Buffers.OperationStatus.Done)
                return at;
            at += rune.Utf16SequenceLength;
            bytes = bytes[length..];
        }
        return null;
    }
}
