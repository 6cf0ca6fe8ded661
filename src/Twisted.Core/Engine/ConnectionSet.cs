namespace Twisted.Internet;

/// <summary>
/// The open connections. Each knows its place, so that a busy server pays for no hash code on the way in and out.
/// </summary>
internal sealed class ConnectionSet
{
    private readonly List<StreamTransport> _connections = [];

    internal int Count => _connections.Count;

    internal void Add(StreamTransport connection)
    {
        connection.Place = _connections.Count;
        _connections.Add(connection);
    }

    /// <summary>Takes it out, if it is in.</summary>
    internal void Remove(StreamTransport connection)
    {
        int place = connection.Place;
        if (place < 0)
            return;
        StreamTransport last = _connections[^1];
        _connections[place] = last;
        last.Place = place;
        _connections.RemoveAt(_connections.Count - 1);
        connection.Place = -1;
    }

    internal StreamTransport[] ToArray() => [.. _connections];
}
