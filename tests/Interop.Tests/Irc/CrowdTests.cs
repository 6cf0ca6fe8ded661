using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Twisted.Words;

namespace Interop.Tests.Irc;

/// <summary>A thousand of our clients on our server, over sockets, in a hundred channels.</summary>
[Collection(AloneTests.Name)]
public sealed class CrowdTests
{
    private const int Users = 1000;
    private const int Channels = 100;

    [Fact]
    public Task A_thousand_clients_lose_no_line_and_get_none_twice() => OnReactor.Run(async reactor =>
    {
        var options = new IrcServerOptions { FloodBurst = 0 };
        var server = new IrcServerFactory(reactor, options, NullLogger.Instance);
        await using IListeningPort port = await Endpoints.Server(reactor, "tcp:0:interface=127.0.0.1").Listen(server);
        var crowd = new Crowd();
        var endpoint = new TcpClientEndpoint(reactor, "127.0.0.1", port.Host.Port);
        for (int i = 0; i < Users; i += Channels) // a backlog has room for so many
            await Deferred.GatherResults(Enumerable.Range(i, Channels)
                .Select(user => endpoint.ConnectProtocol(new Member(reactor, crowd, user))));
        await crowd.AllJoined;
        Assert.Equal((Users, Channels), (server.UserCount, server.ChannelCount));

        foreach (Member member in crowd.Members)
            member.Say(member.Channel, $"line of {member.Nickname}");
        await crowd.AllHeard;
        foreach (Member member in crowd.Members)
            Assert.Equal(Others(member), member.Heard.Order());

        foreach (Member member in crowd.Members)
            member.Quit();
        await crowd.AllGone;
        Assert.Equal((0, 0), (server.UserCount, server.ChannelCount));
        foreach (Member member in crowd.Members) // nothing came after what was waited for
            Assert.Equal(Others(member), member.Heard.Order());
    });

    private static IEnumerable<string> Others(Member member) =>
        from other in Enumerable.Range(0, Users)
        where other % Channels == member.Number % Channels && other != member.Number
        let name = NameOf(other)
        orderby name
        select $"{name} line of {name}";

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"u{number}");

    /// <summary>Counts what the test waits for.</summary>
    private sealed class Crowd
    {
        private readonly Deferred _allJoined = new();
        private readonly Deferred _allHeard = new();
        private readonly Deferred _allGone = new();
        private int _seen;
        private int _heard;
        private int _gone;

        internal List<Member> Members { get; } = [];

        internal Deferred AllJoined => _allJoined;

        internal Deferred AllHeard => _allHeard;

        internal Deferred AllGone => _allGone;

        internal void Joined() => Count(ref _seen, Users, _allJoined);

        internal void Heard() => Count(ref _heard, Users * (Users / Channels - 1), _allHeard);

        internal void Gone() => Count(ref _gone, Users, _allGone);

        private static void Count(ref int so, int all, Deferred reached)
        {
            if (++so == all)
                reached.Callback();
        }
    }

    private sealed class Member(IReactorTime reactor, Crowd crowd, int number) : IrcClient(NameOf(number), reactor)
    {
        internal int Number => number;

        internal string Channel { get; } = string.Create(CultureInfo.InvariantCulture, $"#c{number % Channels}");

        internal List<string> Heard { get; } = [];

        protected override void SignedOn()
        {
            crowd.Members.Add(this);
            Join(Channel);
        }

        protected override void Joined(string channel) => crowd.Joined();

        protected override void PrivMsgReceived(string user, string channel, string msg)
        {
            Heard.Add($"{user.Split('!')[0]} {msg}");
            crowd.Heard();
        }

        protected override void ConnectionLost(Exception reason)
        {
            base.ConnectionLost(reason);
            crowd.Gone();
        }
    }
}
