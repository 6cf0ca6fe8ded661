using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Twisted.Protocols.Wire;
using Twisted.Testing;

namespace Twisted.Simulations.Scenarios;

/// <summary>TLS on a network that breaks: what arrives is whole, and what was cut off is never a clean end.</summary>
internal static class Secured
{
    private const int Port = 443;
    private const int Count = 400;

    // RSA: the signatures of a seed's runs are of one length, and so is all that follows them.
    private static readonly X509Certificate2 Certificate = Make();

    internal static void Echo(Simulation sim)
    {
        sim.Breaking();
        SslServerAuthenticationOptions options = TlsOptions.OptionsForServerTls(Certificate);
        options.AllowTlsResume = false; // a second run in this process would go on with the first one's session
        var served = new TlsFactory(Factory.For(() => new Echo()), options);
        sim.Host("server").Reactor.ListenTcp(Port, served);
        var asking = new Asking();
        asking.Dial(sim.Host("client"), "server", Port);
        sim.Finish(asking.Ended);
        Check.That(asking.Reason is not ConnectionDoneException || asking.HasAll, "a clean end comes after all bytes");
    }

    private static X509Certificate2 Make()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=server", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("server");
        request.CertificateExtensions.Add(names.Build());
        var begin = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using X509Certificate2 certificate = request.Create(request.SubjectName,
            X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), begin, begin.AddYears(99), [1]);
        return certificate.CopyWithPrivateKey(key);
    }

    private sealed class Asking : Talk
    {
        private int _received;

        internal bool HasAll => _received == Count;

        protected override void ConnectionMade()
        {
            base.ConnectionMade();
            SslClientAuthenticationOptions options =
                TlsOptions.OptionsForClientTls("server", TrustRoot.Of(Certificate));
            options.AllowTlsResume = false;
            Transport.Get<IStartTls>()!.StartTls(options)
                .AddErrback(_ => default!) // the connection is told as well
                .Forget();
            Transport.Write(KnownBytes.Make(Count));
        }

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            Check.That(KnownBytes.Are(data, _received), "an echo is what was sent");
            _received += data.Length;
            if (HasAll)
                Transport.LoseConnection();
        }
    }
}
