namespace Twisted.Conformance;

/// <summary>
/// The grid: everything that user code may ask for, inside each of its callbacks. Whatever is asked, each side hears
/// of its connection once and of its end once, nothing is reported, and the loop ends when it is told to.
/// </summary>
public abstract class ReentrancyContract : ReactorContract
{
    private static readonly string[] Callbacks =
        ["made", "data", "lost", "read lost", "write lost", "pause", "resume", "stop"];

    private static readonly Dictionary<string, Action<Actor>> Actions = new()
    {
        ["write"] = actor => actor.Transport.Write("more"u8),
        ["lose"] = actor => actor.Transport.LoseConnection(),
        ["abort"] = actor => actor.Transport.AbortConnection(),
        ["lose write"] = actor => actor.Transport.GetRequired<IHalfCloseable>().LoseWriteConnection(),
        ["pause reading"] = actor => actor.Transport.PauseProducing(),
        ["resume reading"] = actor => actor.Transport.ResumeProducing(),
        ["pull producer"] = actor =>
        {
            actor.Transport.UnregisterProducer();
            actor.Transport.RegisterProducer(new OnePiece(actor.Transport));
        },
        ["unregister"] = actor => actor.Transport.UnregisterProducer(),
        ["stop listening"] = actor => actor.Port.StopListening().Forget(),
        ["stop the reactor"] = actor => actor.Stop(),
    };

    public static TheoryData<string, string> Grid
    {
        get
        {
            var grid = new TheoryData<string, string>();
            foreach (string callback in Callbacks)
            {
                foreach (string action in Actions.Keys)
                    grid.Add(callback, action);
            }
            return grid;
        }
    }

    [Theory]
    [MemberData(nameof(Grid))]
    public void Inside_a_callback(string callback, string action)
    {
        var client = new Probe();
        Actor? actor = null;
        IReactor reactor = Create();
        reactor.CallWhenRunning(() =>
        {
            IListeningPort? port = null;
            port = reactor.ListenTcp(
                0, () => actor = new Actor(callback, Actions[action], reactor, port!), "127.0.0.1");
            reactor.ConnectTcp("127.0.0.1", port.Host.Port, new ProbeClientFactory(client));
            client.Made.AddCallback(async () =>
            {
                client.Transport.Write("some"u8);
                while (actor is null)
                    await Wait(reactor, 0.001); // this end may hear of it first
                reactor.CallLater(TimeSpan.FromMilliseconds(40), () =>
                {
                    if (client.IsConnected)
                        client.Transport.GetRequired<IHalfCloseable>().LoseWriteConnection();
                });
                reactor.CallLater(TimeSpan.FromMilliseconds(60), () => actor.Transport.AbortConnection());
                reactor.CallLater(TimeSpan.FromMilliseconds(80), () => actor.Stop());
            }).Forget();
        });
        reactor.Run();
        Assert.NotNull(actor);
        Assert.True(actor.Acted > 0, "the callback was never called");
        Assert.Equal((1, 1), (actor.MadeCount, actor.LostCount));
        // Which end of a connection hears of it first is nobody's promise: this end may be stopped before it has.
        bool mayMiss = callback == "made" && action == "stop the reactor";
        Assert.InRange(client.MadeCount, mayMiss ? 0 : 1, 1);
        Assert.Equal(client.MadeCount, client.LostCount);
        Assert.Empty(Reported);
    }

    /// <summary>A server whose every callback is called, and which acts in one of them.</summary>
    private sealed class Actor(string where, Action<Actor> act, IReactor reactor, IListeningPort port)
        : Protocol, IHalfCloseableProtocol, IPushProducer
    {
        private bool _stopped;

        internal IListeningPort Port => port;

        internal int Acted { get; private set; }

        internal int MadeCount { get; private set; }

        internal int LostCount { get; private set; }

        internal void Stop()
        {
            if (_stopped || !reactor.IsRunning)
                return;
            _stopped = true;
            reactor.Stop();
        }

        protected override void ConnectionMade()
        {
            MadeCount++;
            Transport.RegisterProducer(this);
            ActIn("made");
        }

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            ActIn("data");
            Transport.Write(new byte[100_000]);
            if (where == "write lost")
                Transport.GetRequired<IHalfCloseable>().LoseWriteConnection();
        }

        public void ReadConnectionLost() => ActIn("read lost");

        public void WriteConnectionLost() => ActIn("write lost");

        public void PauseProducing() => ActIn("pause");

        public void ResumeProducing() => ActIn("resume");

        public void StopProducing() => ActIn("stop");

        protected override void ConnectionLost(Exception reason)
        {
            LostCount++;
            ActIn("lost");
        }

        private void ActIn(string callback)
        {
            if (callback != where || Acted++ > 0)
                return;
            act(this);
        }
    }

    private sealed class OnePiece(ITransport transport) : IPullProducer
    {
        public void ResumeProducing()
        {
            transport.Write("piece"u8);
            transport.UnregisterProducer();
        }

        public void StopProducing() { }
    }
}
