using System.Globalization;

namespace Twisted.Words;

/// <summary>Questions about the server.</summary>
internal sealed partial class IrcServerConnection
{
    [Command("MOTD")]
    private void Motd(in IrcMessage message)
    {
        if (IsForUs(message.Parameters[0]))
            TellMotd();
    }

    private void TellMotd()
    {
        if (_network.Motd.Count == 0)
        {
            Reply("422", "There is no message of the day");
            return;
        }
        Reply("375", $"- {_network.Name} message of the day");
        foreach (string line in _network.Motd)
            Reply("372", $"- {line}");
        Reply("376", "End of MOTD command");
    }

    [Command("LUSERS")]
    private void Lusers(in IrcMessage message) => TellLusers();

    private void TellLusers()
    {
        int users = _network.RegisteredCount;
        int invisible = 0;
        int operators = 0;
        foreach (IrcUser user in _network.Users) // once: it is told at each login
        {
            invisible += user.IsInvisible ? 1 : 0;
            operators += user.IsOperator ? 1 : 0;
        }
        Reply("251", $"There are {users - invisible} users and {invisible} invisible on 1 servers");
        TellCount("252", operators, "operator(s) online");
        TellCount("253", _network.ConnectionCount - users, "unknown connection(s)");
        TellCount("254", _network.Channels.Count, "channels formed");
        Reply("255", $"I have {users} clients and 0 servers");
        string most = $"{_network.MostRegistered}";
        Reply("265", $"{users}", most, $"Current local users: {users}, max: {most}");
        Reply("266", $"{users}", most, $"Current global users: {users}, max: {most}");
    }

    /// <summary>Numbers that are zero are not told (RFC 2812, 5.1).</summary>
    private void TellCount(string numeric, int count, string what)
    {
        if (count > 0)
            Reply(numeric, $"{count}", what);
    }

    [Command("VERSION")]
    private void TellVersion(in IrcMessage message)
    {
        if (!IsForUs(message.Parameters[0]))
            return;
        Reply("351", Version, _network.Name, _network.Description);
        TellFeatures();
    }

    [Command("TIME")]
    private void TellTime(in IrcMessage message)
    {
        if (IsForUs(message.Parameters[0]))
            Reply("391", _network.Name, _network.UtcNow.ToString(
                "dddd MMMM d yyyy '--' HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
    }

    [Command("ADMIN")]
    private void TellAdmin(in IrcMessage message)
    {
        if (!IsForUs(message.Parameters[0]))
            return;
        if (Options.Admin.Count == 0)
        {
            Reply("423", _network.Name, "No administrative info available");
            return;
        }
        Reply("256", _network.Name, "Administrative info");
        string[] numerics = ["257", "258", "259"];
        for (int i = 0; i < Options.Admin.Count; i++)
            Reply(numerics[i], ByteText.FromText(Options.Admin[i]));
    }

    [Command("INFO")]
    private void TellInfo(in IrcMessage message)
    {
        if (!IsForUs(message.Parameters[0]))
            return;
        Reply("371", $"{_network.Description}, {Version}");
        Reply("371", $"Up since {_network.Created.ToString("R", CultureInfo.InvariantCulture)}");
        Reply("374", "End of INFO list");
    }

    [Command("LINKS")]
    private void TellLinks(in IrcMessage message)
    {
        Reply("364", _network.Name, _network.Name, $"0 {_network.Description}");
        Reply("365", "*", "End of LINKS list");
    }

    [Command("STATS")]
    private void TellStats(in IrcMessage message)
    {
        ReadOnlySpan<byte> what = message.Parameters[0];
        if (what is [(byte)'u' or (byte)'U'])
        {
            TimeSpan up = _network.UtcNow - _network.Created;
            Reply("242", string.Create(CultureInfo.InvariantCulture,
                $"Server Up {up.Days} days {up.Hours}:{up.Minutes:00}:{up.Seconds:00}"));
        }
        Reply("219", what.IsEmpty ? "*" : Shown(what[..1]), "End of STATS report");
    }

    /// <summary>
    /// Whether a question is put to this server: no other can be asked. It is meant by its name, with wildcards too,
    /// and by the nickname of somebody who is on it. Answers when not.
    /// </summary>
    private bool IsForUs(ReadOnlySpan<byte> target)
    {
        if (target.IsEmpty || IrcMask.Matches(ByteText.Of(target), _network.Name)
            || _network.FindUser(target) is not null)
            return true;
        Reply("402", Shown(target), "No such server");
        return false;
    }
}
