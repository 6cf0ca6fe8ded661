using System.Security.Authentication;
using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary>The strings whose certificates are in files, on the real reactor.</summary>
public sealed class TlsStringTests : ReactorContract
{
    private readonly CertificateFiles _files = new();

    public override void Dispose()
    {
        _files.Dispose();
        base.Dispose();
    }

    protected override IReactor CreateReactor() => TestReactors.Create(ReactorKind.Automatic);

    [Fact]
    public void An_ssl_string_serves_and_an_ssl_string_verifies_it()
    {
        string pair = Quoted(_files.Pair("server.pem", "localhost"));
        _files.Trust();
        string trust = Quoted(Path.Combine(_files.Folder, "trust"));
        AssertSecure($"ssl:0:privateKey={pair}:interface=127.0.0.1:sslmethod=TLSv1_2_METHOD:nodelay=1",
            port => $"ssl:127.0.0.1:{port}:hostname=localhost:caCertsDir={trust}", SslProtocols.Tls12);
    }

    [Fact]
    public void A_tls_string_wraps_an_endpoint_on_both_sides()
    {
        string pair = Quoted(_files.Pair("server.pem", "localhost"));
        string trust = Quoted(_files.Trust());
        AssertSecure($"tls:{pair}:tcp:0:interface=127.0.0.1",
            port => $@"tls:localhost:endpoint=tcp\:127.0.0.1\:{port}:trustRoots={trust}", SslProtocols.Tls13);
    }

    [Fact]
    public void A_tls_string_of_a_folder_chooses_by_name()
    {
        _files.Pair("names/a.example.pem", "a.example");
        _files.Pair("names/localhost.pem", "localhost");
        string trust = Quoted(_files.Trust());
        AssertSecure($"tls:{Quoted(Path.Combine(_files.Folder, "names"))}:tcp:0:interface=127.0.0.1",
            port => $"tls:localhost:{port}:trustRoots={trust}", SslProtocols.Tls13);
    }

    [Fact]
    public void Key_and_certificate_may_be_two_files_and_named_before_the_wrapped_endpoint()
    {
        var certificate = _files.Authority.Issue("localhost");
        string key = Quoted(_files.Write("key.pem", CertificateFiles.Key(certificate)));
        string own = Quoted(_files.Write("own.pem", certificate.ExportCertificatePem()));
        string trust = Quoted(_files.Trust());
        AssertSecure($"tls:privateKey={key}:certKey={own}:tcp:0:interface=127.0.0.1",
            port => $"tls:localhost:{port}:trustRoots={trust}:timeout=5", SslProtocols.Tls13);
    }

    [Fact]
    public void A_server_whose_name_differs_is_not_believed() => Run(async reactor =>
    {
        string pair = Quoted(_files.Pair("server.pem", "a.example"));
        string trust = Quoted(_files.Trust());
        IListeningPort port = await Endpoints.Server(reactor, $"ssl:0:{pair}:interface=127.0.0.1")
            .Listen(() => new Echo());
        var client = new Client();
        await Endpoints.Client(reactor, $"ssl:localhost:{port.Host.Port}:caCertsDir={trust}").ConnectProtocol(client);
        Assert.IsType<TlsException>(await client.Ended);
        await port.StopListening();
    });

    [Theory]
    [InlineData("ssl:0:PAIR:dhParameters=x", "dhParameters have no meaning here")]
    [InlineData("ssl:0:PAIR:sslmethod=SSLv3_METHOD", "the sslmethod 'SSLv3_METHOD' is none of")]
    [InlineData("ssl:port=x:privateKey=PAIR", "the port must be a number")]
    [InlineData("tls:PAIR", "the endpoint that 'tls' wraps is missing, as in 'tls:privateKey:tcp:8080'")]
    [InlineData("tls:FOLDER:sslmethod=TLS_METHOD:tcp:0", "sslmethod has no meaning for a folder")]
    public void A_malformed_server_string_says_what_is_wrong(string description, string message)
    {
        string pair = _files.Pair("server.pem", "localhost");
        description = description.Replace("PAIR", Quoted(pair), StringComparison.Ordinal)
            .Replace("FOLDER", Quoted(_files.Folder), StringComparison.Ordinal);
        var failure = Assert.Throws<FormatException>(() => Endpoints.Server(Create(), description));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ssl:localhost:443:privateKey=PAIR", "there is a privateKey without a certKey")]
    [InlineData(@"tls:localhost:timeout=5:endpoint=tcp\:a\:1", "timeout belongs into the endpoint")]
    [InlineData("tls:localhost", "the port is missing")]
    [InlineData("ssl:localhost:443:hostname=", "the hostname is missing")]
    public void A_malformed_client_string_says_what_is_wrong(string description, string message)
    {
        description = description.Replace("PAIR", Quoted(_files.Pair("client.pem", "me")), StringComparison.Ordinal);
        var failure = Assert.Throws<FormatException>(() => Endpoints.Client(Create(), description));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() => Assert.Contains("server.pem",
        Assert.ThrowsAny<IOException>(() => Endpoints.Server(Create(), "ssl:0")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("FOLDER")] // no file
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_file_that_can_be_none_is_an_error_of_files(string path)
    {
        path = path.Replace("FOLDER", Quoted(_files.Folder), StringComparison.Ordinal);
        var failure = Assert.ThrowsAny<IOException>(
            () => Endpoints.Server(Create(), $"ssl:443:privateKey={path}:certKey={path}"));
        Assert.Contains("cannot be read", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_prefix_lists_those_of_the_reactor_too() => Assert.Contains(
        "fd, haproxy, ", Assert.Throws<FormatException>(() => Endpoints.Server(Create(), "x")).Message,
        StringComparison.Ordinal);

    private static string Quoted(string path) => Endpoints.Quote(path);

    private void AssertSecure(string server, Func<int, string> client, SslProtocols version) => Run(async reactor =>
    {
        IListeningPort port = await Endpoints.Server(reactor, server).Listen(() => new Echo());
        var protocol = new Client();
        await Endpoints.Client(reactor, client(port.Host.Port)).ConnectProtocol(protocol);
        Assert.Equal("hello", await protocol.Answered);
        Assert.Equal(version, protocol.Version);
        protocol.Close();
        await protocol.Ended;
        await port.StopListening();
    });

    private sealed class Echo : Protocol
    {
        protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);
    }

    private sealed class Client : Protocol
    {
        internal Deferred<string> Answered { get; } = new();

        internal Deferred<Exception> Ended { get; } = new();

        internal SslProtocols Version { get; private set; }

        internal void Close() => Transport.LoseConnection();

        protected override void ConnectionMade() => Transport.Write("hello");

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            Version = Transport.Get<ITlsInfo>()!.Version;
            Answered.Callback(System.Text.Encoding.UTF8.GetString(data));
        }

        protected override void ConnectionLost(Exception reason) => Ended.Callback(reason);
    }
}
