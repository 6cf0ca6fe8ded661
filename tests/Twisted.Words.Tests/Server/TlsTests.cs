using System.Security.Cryptography.X509Certificates;
using Twisted.Cred;
using Twisted.Testing;

namespace Twisted.Words.Tests.Server;

public class TlsTests
{
    [Fact]
    public void A_certificate_logs_in()
    {
        var net = new MemoryNetwork(new VirtualClock());
        using var authority = new TestAuthority();
        var factory = new IrcServerFactory(net.Reactor, new IrcServerOptions
        {
            Portal = new Portal(new IrcRealm(), new PreauthenticatedChecker()),
            RequiresLogin = true,
            AccountOf = certificate => certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false),
        });
        IListeningPort port = new TlsServerEndpoint(net.Server("irc"),
                TlsOptions.OptionsForServerTls(authority.Issue("irc.test"), authority.TrustRoot))
            .Listen(factory).SuccessResult();
        var ada = new RecordingClient(net.Clock, "ada") { Proof = IrcSasl.External() };
        new TlsClientEndpoint(net.Client("irc"), TlsOptions.OptionsForClientTls("irc.test", authority.TrustRoot,
            clientCertificate: authority.Issue("ada.test"))).Connect(Factory.For(() => ada)).Forget();
        net.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(ada.IsSignedOn);
        IrcWhois? whois = null;
        ada.Whois("ada").AddCallback(found => { whois = found; });
        net.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("ada.test", whois?.Account);
        ada.Quit();
        net.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, factory.ConnectionCount);
        port.StopListening().Forget();
        net.Clock.Advance(TimeSpan.Zero);
        Janitor.AssertClean(net.Clock);
    }
}
