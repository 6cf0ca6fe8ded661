using System.Collections;
using System.Net;

namespace Twisted.Logging;

/// <summary>Which connection a message is about: two values, for any provider that knows scopes.</summary>
internal sealed class ConnectionScope(long id, EndPoint peer) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private static long _last;

    internal ConnectionScope(EndPoint peer) : this(Interlocked.Increment(ref _last), peer) { }

    internal long Id => id;

    internal EndPoint Peer => peer;

    public int Count => 2;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("ConnectionId", id),
        1 => new("Peer", peer),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return this[0];
        yield return this[1];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"connection {id} to {peer}";
}
