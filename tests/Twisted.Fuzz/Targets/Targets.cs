namespace Twisted.Fuzzing;

/// <summary>All parsers: whatever of ours reads bytes or text that somebody else has written.</summary>
internal static class Targets
{
    private static readonly Dictionary<string, Func<FuzzTarget>> Makers = new()
    {
        ["line"] = () => new LineTarget("line", limit: 64, "\r\n"),
        ["line-long"] = () => new LineTarget("line-long", limit: 17_000, "\r\n"),
        ["line-delimiter"] = () => new LineTarget("line-delimiter", limit: 40, "aab-"),
        ["lineonly"] = () => new LineOnlyTarget(limit: 40),
        ["netstring"] = () => new StringTarget("netstring", limit: 300),
        ["int8"] = () => new StringTarget("int8", limit: 200),
        ["int16"] = () => new StringTarget("int16", limit: 300),
        ["int32"] = () => new StringTarget("int32", limit: int.MaxValue - 11),
        ["states"] = () => new StatesTarget(),
        ["sequential"] = () => new SequentialTarget(),
        ["finger"] = () => new FingerTarget(),
        ["proxy"] = () => new ProxyTarget(maxTlvLength: 4096),
        ["server-string"] = EndpointTarget.Server,
        ["client-string"] = EndpointTarget.Client,
        ["hostname"] = () => new HostNameTarget(),
        ["nats"] = () => new NatsTarget(),
        ["channel"] = () => new ChannelTarget(),
        ["pem"] = () => new PemTarget(),
        ["sockaddr"] = () => new SocketAddressTarget(),
        ["irc"] = () => new IrcTarget(),
        ["dcc"] = () => new DccTarget(),
    };

    internal static IReadOnlyCollection<string> Names => Makers.Keys;

    internal static FuzzTarget Make(string name) => Makers[name]();
}
