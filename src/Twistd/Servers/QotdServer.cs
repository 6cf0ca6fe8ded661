using System.Net;
using Twisted.Application.Plugins;
using Twisted.Protocols.Wire;
using Twisted.Quotes;

namespace Twisted.Daemon;

/// <summary>Quotes of the day. Twisted's tutorial: <c>quotetap</c>.</summary>
internal sealed class QotdServer : ServiceMaker<QotdOptions>
{
    /// <inheritdoc/>
    public override IService MakeService(QotdOptions options, IApplicationContext application) =>
        application.Serve(options.Port, new QotdFactory(Quoter(options)));

    /// <inheritdoc/>
    protected override QotdOptions MakeOptions() => new() { Port = PortServer.Local(8007) };

    private static IQuoter Quoter(QotdOptions options) => options switch
    {
        { Static: not null, Files.Count: > 0 } => throw new FormatException("Give --static or --file, not both."),
        { Files.Count: > 0 } => new FortuneQuoter(options.Files, Random.Shared),
        _ => new StaticQuoter(options.Static ?? "An apple a day keeps the doctor away"),
    };

    /// <summary>Each connection asks when it is made. Twisted's tutorial: <c>QOTDFactory</c>.</summary>
    private sealed class QotdFactory(IQuoter quoter) : ServerFactory
    {
        public override IProtocol BuildProtocol(EndPoint peer) =>
            new Qotd(() => quoter.GetQuote().ReplaceLineEndings("\r\n")); // as RFC 865 ends lines
    }
}
