using System.Text;

namespace Twisted.Protocols.Finger;

/// <summary>Answers one query and closes (RFC 1288, server side). Twisted: <c>finger.Finger</c>.</summary>
/// <remarks>
/// A query is a user's name, or nothing for the list of users; <c>/W</c> before it asks for a long answer, which is the
/// same here. Queries for other hosts (<c>user@host</c>) are refused. A client has a deadline for its whole query.
/// </remarks>
/// <param name="users">Knows the users.</param>
/// <param name="reactor">The clock of the deadline.</param>
/// <param name="deadline">How long a client may take.</param>
public sealed class FingerProtocol(IUserDirectory users, IReactorTime reactor, TimeSpan deadline)
    : LineReceiver, IHalfCloseableProtocol
{
    private IDelayedCall? _deadline;
    private bool _asked;

    /// <summary>RFC 1288 sets no limit; no name needs more.</summary>
    protected override int MaxLength => 1024;

    /// <inheritdoc/>
    protected override void ConnectionMade() =>
        _deadline = reactor.CallLater(deadline, Transport.AbortConnection);

    /// <inheritdoc/>
    protected override void LineReceived(ReadOnlySpan<byte> line)
    {
        if (_asked)
            return; // one query a connection
        _asked = true;
        WhileConnected(Answer(Encoding.UTF8.GetString(line).Trim()));
    }

    /// <inheritdoc/>
    protected override void ConnectionLost(Exception reason) => _deadline?.Cancel();

    /// <summary>A client that has sent its query and closed its side still wants the answer.</summary>
    void IHalfCloseableProtocol.ReadConnectionLost()
    {
        if (!_asked)
            Transport.LoseConnection();
    }

    void IHalfCloseableProtocol.WriteConnectionLost() { }

    private async Deferred Answer(string query)
    {
        if (query.StartsWith("/W", StringComparison.OrdinalIgnoreCase))
            query = query[2..].TrimStart();
        if (query.Contains('@', StringComparison.Ordinal))
            SendLine("Finger forwarding service denied");
        else if (query.Length == 0)
            Send(string.Join('\n', await users.List()));
        else
            Send(await StatusOf(query));
        Transport.LoseConnection();
    }

    private async Deferred<string> StatusOf(string user)
    {
        try
        {
            return await users.Find(user);
        }
        catch (UserNotFoundException)
        {
            return "No such user";
        }
    }

    /// <summary>
    /// A status may have several lines; control characters would let a user write on another's terminal.
    /// </summary>
    private void Send(string text)
    {
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
            SendLine(string.Concat(line.Where(c => c == '\t' || !char.IsControl(c))));
    }
}
