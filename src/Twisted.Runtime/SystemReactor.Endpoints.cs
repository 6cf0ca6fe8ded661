namespace Twisted.Internet;

// The endpoint strings that need the operating system.
internal partial class SystemReactor : IReactorEndpoints
{
    private static readonly Dictionary<string, Func<IReactor, EndpointDescription, IStreamServerEndpoint>> Servers =
        new(StringComparer.Ordinal)
        {
            ["ssl"] = TlsStrings.SslServer,
            ["tls"] = TlsStrings.TlsServer,
            ["fd"] = DescriptorStrings.Descriptor,
            ["systemd"] = DescriptorStrings.Systemd,
            ["stdio"] = DescriptorStrings.StandardIO,
        };

    private static readonly Dictionary<string, Func<IReactor, EndpointDescription, IStreamClientEndpoint>> Clients =
        new(StringComparer.Ordinal)
        {
            ["ssl"] = TlsStrings.SslClient,
            ["tls"] = TlsStrings.TlsClient,
        };

    IReadOnlyDictionary<string, Func<IReactor, EndpointDescription, IStreamServerEndpoint>>
        IReactorEndpoints.ServerParsers => Servers;

    IReadOnlyDictionary<string, Func<IReactor, EndpointDescription, IStreamClientEndpoint>>
        IReactorEndpoints.ClientParsers => Clients;
}
