using System.Globalization;
using Twisted.Testing;

namespace Twisted.Words.Tests.Server;

/// <summary>A thousand users in a hundred channels.</summary>
public sealed class CrowdTests : ServerTest
{
    private const int People = 1000;
    private const int Channels = 100;

    [Fact]
    public void Every_member_gets_every_line_and_every_farewell_once()
    {
        Start();
        MemoryPeer[] users = [.. Enumerable.Range(0, People).Select(i => User($"u{i}"))];
        for (int i = 0; i < People; i++)
            users[i].Send($"JOIN {string.Join(',', ChannelsOf(i).Select(channel => $"#c{channel}"))}\r\n");
        Assert.Equal((People, Channels), (Factory.UserCount, Factory.ChannelCount));

        Clear(users);
        for (int i = 0; i < People; i++)
        {
            foreach (int channel in ChannelsOf(i))
                users[i].Send($"PRIVMSG #c{channel} :line of u{i}\r\n");
        }
        for (int i = 0; i < People; i++)
            Assert.Equal(LinesFor(i).Order(StringComparer.Ordinal), Heard(users[i]));

        Clear(users);
        for (int i = 0; i < People; i += 2) // as when a line between two cities is cut
            users[i].Reset();
        Assert.Equal(People / 2, Factory.UserCount);
        for (int i = 1; i < People; i += 2)
            Assert.Equal(FarewellsFor(i).Order(StringComparer.Ordinal), Heard(users[i]));
    }

    /// <summary>Two for each: one with its equals modulo a hundred, one with every tenth user and others.</summary>
    private static IEnumerable<int> ChannelsOf(int user) => [user % Channels, (user / 10 + 1 + user % 7) % Channels];

    private static IEnumerable<int> Members(int channel) =>
        Enumerable.Range(0, People).Where(user => ChannelsOf(user).Contains(channel));

    private static IEnumerable<string> LinesFor(int user) =>
        from channel in ChannelsOf(user).Distinct()
        from speaker in Members(channel)
        where speaker != user
        from time in ChannelsOf(speaker).Where(spoken => spoken == channel) // twice, when its two are the same
        select string.Create(CultureInfo.InvariantCulture,
            $":u{speaker}!~u{speaker}@127.0.0.1 PRIVMSG #c{channel} :line of u{speaker}");

    private static IEnumerable<string> FarewellsFor(int user) =>
        from gone in ChannelsOf(user).SelectMany(Members).Distinct()
        where gone % 2 == 0
        select string.Create(CultureInfo.InvariantCulture, $":u{gone}!~u{gone}@127.0.0.1 QUIT :Connection lost");

    private static IEnumerable<string> Heard(MemoryPeer user) =>
        user.Received.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);

    private static void Clear(MemoryPeer[] users)
    {
        foreach (MemoryPeer user in users)
            user.Clear();
    }
}
