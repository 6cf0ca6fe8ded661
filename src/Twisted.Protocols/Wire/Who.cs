namespace Twisted.Protocols.Wire;

/// <summary>Sends the names of the active users, one a line, and closes (RFC 866). Twisted: <c>wire.Who</c>.</summary>
/// <param name="users">Gives the names.</param>
public sealed class Who(Func<IEnumerable<string>> users) : Protocol
{
    /// <inheritdoc/>
    protected override void ConnectionMade()
    {
        foreach (string user in users())
            Transport.Write($"{user}\r\n");
        Transport.LoseConnection();
    }
}
