namespace Twisted.Application.Tests;

/// <summary>A server that was away for a minute is not trampled down when it returns (rule R19).</summary>
public class ReturnOfTheServerTests
{
    private const int Clients = 10_000;

    [Fact]
    public void Ten_thousand_clients_come_back_at_no_more_than_three_times_their_usual_rate()
    {
        var clock = new VirtualClock();
        var server = new Away(clock);
        ClientService[] clients =
        [
            .. Enumerable.Range(0, Clients).Select(number => new ClientService(
                clock, server, Factory.For(() => new Quiet()),
                new ClientServiceOptions { Random = new Random(number) })),
        ];
        foreach (ClientService client in clients)
            client.StartService().SuccessResult();
        for (int second = 0; second < 60; second++)
            clock.Advance(TimeSpan.FromSeconds(1));
        server.IsBack = true;
        for (int second = 0; second < 120; second++)
            clock.Advance(TimeSpan.FromSeconds(1));

        double usual = server.AttemptsIn.Skip(30).Take(30).Average(); // while it was away, after the first storm
        int peak = server.AttemptsIn.Skip(60).Max();
        Assert.True(peak <= 3 * usual, $"{peak} attempts in a second, {usual} usually");
        Assert.All(clients, client => Assert.Equal(ClientServiceState.Connected, client.State));
    }

    private sealed class Quiet : Protocol;

    private sealed class Away(VirtualClock clock) : IStreamClientEndpoint
    {
        internal int[] AttemptsIn { get; } = new int[200];

        internal bool IsBack { get; set; }

        public Deferred<IProtocol> Connect(IProtocolFactory factory)
        {
            AttemptsIn[(int)clock.Now.TotalSeconds]++;
            if (!IsBack)
                return Deferred.Fail<IProtocol>(new ConnectionRefusedException());
            IProtocol protocol = factory.BuildProtocol(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 7))!;
            StringTransport.Connect(protocol);
            return Deferred.Succeed(protocol);
        }
    }
}
