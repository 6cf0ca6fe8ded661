namespace Twisted.Conformance.Reentrancy;

// From the first connection to a reactor with nothing left.
internal sealed partial class GridScene
{
    internal async Deferred Play()
    {
        Port = Listen(new GridServerFactory(this));
        Dial(Port, "client");
        if (callback is not ("makeConnection" or "connectionMade"))
        {
            await Until(() => IsMade("server") && IsMade("client"));
            GridCallbacks.All[callback]!(this);
        }
        await Until(() => Acted);
        if (operation == "stopReactor")
            return;
        await Until(() => IsMade("client"));
        await Until(IsSettled);
        if (operation == "startTLS" && Accepted && !ServerHasLost)
            await GoSecure();
        Finish();
        await Until(() => ServerHasLost && HasLost("client"));
        if (callback == "buildProtocol")
            await FinishSecond();
        await Echo();
        foreach (IListeningPort port in Ports)
            await port.StopListening();
    }

    internal IListeningPort Listen(IProtocolFactory factory)
    {
        IListeningPort port = reactor.ListenTcp(0, factory, "127.0.0.1");
        Ports.Add(port);
        return port;
    }

    internal void Dial(IListeningPort port, string name)
    {
        var side = new Side(this, name);
        Sides[name] = side;
        reactor.ConnectTcp("127.0.0.1", port.Host.Port, new GridClientFactory(this, side));
    }

    /// <summary>The client follows when it has all that was sent in plain.</summary>
    private async Deferred GoSecure()
    {
        Side client = Sides["client"];
        int plain = callback is "pauseProducing" or "resumeProducing" ? PieceSize : 0;
        await Until(() => client.Received == plain);
        await GridOperations.FollowToTls(client.Transport);
        await Until(() => Sides["server"].IsSecure);
        Transport.Write("secret"u8);
    }

    private void Finish()
    {
        if (ServerHasLost)
            return;
        if (operation != "registerProducer" || !Accepted)
            Transport.UnregisterProducer();
        Transport.ResumeProducing();
        Transport.LoseConnection();
    }

    private async Deferred FinishSecond()
    {
        Side client = Sides["client2"];
        await Until(() => client.LostCount > 0 || (client.MadeCount > 0 && IsMade("server2")));
        if (client.LostCount == 0)
            client.Transport.LoseConnection();
        await Until(() => HasLost("server2") && client.LostCount > 0);
    }

    /// <summary>The reactor still works: a new port serves a new connection.</summary>
    private async Deferred Echo()
    {
        IListeningPort port = Listen(Factory.For(() =>
        {
            var side = new EchoSide(this, "echo server");
            Sides[side.Name] = side;
            return side;
        }));
        Dial(port, "echo client");
        Side client = Sides["echo client"];
        await Until(() => client.MadeCount > 0);
        client.Transport.Write("again"u8);
        await Until(() => client.Received == 5);
        client.Transport.LoseConnection();
        await Until(() => client.LostCount > 0 && HasLost("echo server"));
    }
}
