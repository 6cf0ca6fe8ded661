namespace Twisted.Internet;

/// <summary>
/// A reactor's own parsers: for prefixes that need its operating system, such as files of certificates.
/// </summary>
internal interface IReactorEndpoints
{
    IReadOnlyDictionary<string, Func<IReactor, EndpointDescription, IStreamServerEndpoint>> ServerParsers { get; }

    IReadOnlyDictionary<string, Func<IReactor, EndpointDescription, IStreamClientEndpoint>> ClientParsers { get; }
}
