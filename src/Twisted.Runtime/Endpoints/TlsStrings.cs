using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Twisted.Internet;

/// <summary><c>ssl:</c> and <c>tls:</c>, whose certificates are in files.</summary>
internal static class TlsStrings
{
    private static readonly string[] CertificateNames =
        ["privateKey", "certKey", "sslmethod", "extraCertChain", "dhParameters"];

    /// <summary><c>ssl:443:privateKey=key.pem:certKey=certificate.pem</c>.</summary>
    internal static IStreamServerEndpoint SslServer(IReactor reactor, EndpointDescription description)
    {
        // The order of Twisted's places.
        description.Take(["port", "privateKey", "certKey", "sslmethod", "interface", "backlog", "extraCertChain",
            "dhParameters", .. ServerStrings.TcpNames.Except(["port", "interface", "backlog"])]);
        IStreamServerEndpoint tcp = ServerStrings.TcpOf(reactor, description, "");
        return new TlsServerEndpoint(tcp, ServerOptions(description, "server.pem"));
    }

    /// <summary>
    /// <c>tls:FOLDER:tcp:443</c>, <c>tls:FILE:tcp:443</c>, or <c>tls:privateKey=FILE:certKey=FILE:tcp:443</c>.
    /// </summary>
    internal static IStreamServerEndpoint TlsServer(IReactor reactor, EndpointDescription description)
    {
        string wrapped = description.TakeWrapped(1, ["privateKey", .. CertificateNames.Skip(1)]);
        string path = description.Required("privateKey");
        IStreamServerEndpoint inner = Endpoints.Server(reactor, wrapped);
        if (!Directory.Exists(path))
            return new TlsServerEndpoint(inner, ServerOptions(description, path));
        foreach (string name in CertificateNames.Skip(1))
        {
            if (description.Text(name) is not null)
                throw description.Error($"{name} has no meaning for a folder: each NAME.pem in it stands for itself");
        }
        var folder = new CertificateFolder(path, reactor, ((ILayerHost)reactor).Log);
        return new TlsServerEndpoint(inner, folder.Choose);
    }

    /// <summary><c>ssl:host:443:caCertsDir=FOLDER</c>.</summary>
    internal static IStreamClientEndpoint SslClient(IReactor reactor, EndpointDescription description)
    {
        description.Take(["host", "port", "timeout", "certKey", "privateKey", "caCertsDir", "hostname", "bindAddress",
            .. TcpSettings.Names]);
        IStreamClientEndpoint tcp = ClientStrings.TcpOf(reactor, description);
        return new TlsClientEndpoint(tcp, TlsOptions.OptionsForClientTls(
            description.Required(description.Text("hostname") is null ? "host" : "hostname"),
            Trust(description, "caCertsDir"),
            ClientCertificate(description, "certKey")));
    }

    /// <summary><c>tls:host:443:trustRoots=FOLDER</c>; <c>tls:host:endpoint=...</c> over another.</summary>
    internal static IStreamClientEndpoint TlsClient(IReactor reactor, EndpointDescription description)
    {
        description.Take(["host", "port", "timeout", "bindAddress", "certificate", "privateKey", "trustRoots",
            "endpoint", .. TcpSettings.Names]);
        IStreamClientEndpoint below = description.Text("endpoint") is { } other
            ? Other(reactor, description, other)
            : ClientStrings.TcpOf(reactor, description);
        return new TlsClientEndpoint(below, TlsOptions.OptionsForClientTls(
            description.Required("host"),
            Trust(description, "trustRoots"),
            ClientCertificate(description, "certificate")));
    }

    private static IStreamClientEndpoint Other(IReactor reactor, EndpointDescription description, string other)
    {
        foreach (string name in (string[])["timeout", "bindAddress", .. TcpSettings.Names])
        {
            if (description.Text(name) is not null)
                throw description.Error($"{name} belongs into the endpoint: '{other}' connects instead of TCP here");
        }
        return Endpoints.Client(reactor, other);
    }

    private static SslServerAuthenticationOptions ServerOptions(EndpointDescription description, string usualKey)
    {
        SslProtocols versions = Versions(description);
        if (description.Text("dhParameters") is not null)
            throw description.Error("dhParameters have no meaning here: keys are agreed on elliptic curves");
        string key = description.Text("privateKey") ?? usualKey;
        var (certificate, chain) = PemFile.ReadPair(description.Text("certKey") ?? key, key);
        if (description.Text("extraCertChain") is { } extra)
            chain.AddRange(PemFile.ReadCertificates(extra));
        SslServerAuthenticationOptions options = TlsOptions.OptionsForServerTls(certificate, chain: chain);
        options.EnabledSslProtocols = versions;
        return options;
    }

    /// <summary>The method's name in Twisted, which is OpenSSL's.</summary>
    private static SslProtocols Versions(EndpointDescription description) => description.Text("sslmethod") switch
    {
        null or "TLS_METHOD" or "SSLv23_METHOD" => SslProtocols.Tls12 | SslProtocols.Tls13,
        "TLSv1_2_METHOD" => SslProtocols.Tls12,
        "TLSv1_3_METHOD" => SslProtocols.Tls13,
        var other => throw description.Error(
            $"the sslmethod '{other}' is none of TLS_METHOD, TLSv1_2_METHOD and TLSv1_3_METHOD; older ones are unsafe"),
    };

    private static TrustRoot? Trust(EndpointDescription description, string name) =>
        description.Text(name) is { } path ? PemFile.ReadTrust(path) : null;

    private static X509Certificate2? ClientCertificate(EndpointDescription description, string name)
    {
        string? key = description.Text("privateKey");
        if (description.Text(name) is { } certificate)
            return PemFile.ReadPair(certificate, key ?? certificate).Certificate;
        return key is null ? null : throw description.Error($"there is a privateKey without a {name}");
    }
}
