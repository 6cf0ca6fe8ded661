#:project ../src/Twisted.Runtime
// The client of t08_starttls_server: a line in plain, then STLS, then a line that nobody else can read.
//   dotnet run t08_starttls_client.cs PORT cert.pem
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

return Reactor.Run(async reactor =>
{
    var trust = TrustRoot.Of(X509CertificateLoader.LoadCertificateFromFile(args[1]));
    var client = new Client(TlsOptions.OptionsForClientTls("localhost", trust));
    await new TcpClientEndpoint(reactor, "localhost", int.Parse(args[0])).ConnectProtocol(client);
    await client.Ended;
});

class Client(SslClientAuthenticationOptions options) : SequentialProtocol
{
    public Deferred Ended { get; } = new();

    protected override async Deferred Run()
    {
        try
        {
            Console.WriteLine(await ReadLine());
            await Ask("hello");
            if (await Ask("STLS") is not ['+', ..])
                return; // rather nothing than in plain
            ITlsInfo tls = await Transport.GetRequired<IStartTls>().StartTls(options);
            Console.WriteLine($"{tls.PeerCertificate!.Subject} by {tls.Version}");
            await Ask("secret");
        }
        catch (TlsException failure)
        {
            Console.WriteLine(failure.Message);
        }
        finally
        {
            Ended.Callback();
        }
    }

    private async Deferred<string?> Ask(string line)
    {
        SendLine(line);
        string? answer = await ReadLine();
        Console.WriteLine(answer);
        return answer;
    }
}
