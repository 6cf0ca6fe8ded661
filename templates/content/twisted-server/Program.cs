using APPLICATION_NAMESPACE;

// An endpoint says where, not how: "tcp:8007", "tcp:8007:interface=\:\:", "ssl:8443:privateKey=key.pem" ...
string where = args is [var given, ..] ? given : "tcp:8007:interface=127.0.0.1";

return Reactor.Run(async reactor =>
{
    await using IListeningPort port = await Endpoints.Server(reactor, where).Listen(() => new LineEchoProtocol());
    Console.WriteLine($"Listening on port {port.Host.Port}");
    await Deferred.Never(); // until a signal cancels it
});
