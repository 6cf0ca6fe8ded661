using System.Net;

namespace Samples.Tests;

/// <summary>T1, T2 and T8: TLS from the first byte, and amid a connection.</summary>
public class TlsTests
{
    private const string Rejected = "The TLS handshake with localhost failed: ";

    private static async Task<(RunningProgram Program, int Port)> OpenSslServer(Certificates own)
    {
        RunningProgram server = RunningProgram.Start(Peers.OpenSsl, "s_server", "-accept", "127.0.0.1:0",
            "-naccept", "1", "-cert", own.Certificate, "-key", own.Key);
        string line = await server.Line("ACCEPT"); // and then where: ACCEPT 127.0.0.1:40123
        return (server, IPEndPoint.Parse(line["ACCEPT ".Length..]).Port);
    }

    private static RunningProgram OpenSslClient(int port, Certificates trusted, params string[] options) =>
        RunningProgram.Start([Peers.OpenSsl, "s_client", "-connect", $"127.0.0.1:{port}", "-servername", "localhost",
            "-verify_hostname", "localhost", "-CAfile", trusted.Certificate, "-verify_return_error", "-quiet",
            .. options]);

    private static Task<RunningProgram> Serve(string sample, Certificates own) =>
        RunningProgram.Listen(Sample(sample, "0", own.Certificate, own.Key));

    /// <summary>A sample without the comment at its top.</summary>
    private static string[] Code(string sample) =>
        [.. File.ReadLines(PathOf($"samples/{sample}.cs")).SkipWhile(line => line is ['#' or '/', ..])];

    [Fact]
    public void The_greeter_over_TLS_is_the_plain_one_with_one_line_changed()
    {
        string[] plain = Code("e09c_greeter_endpoint");
        string[] secure = Code("t01_greeter_tls");
        Assert.Equal(plain.Length, secure.Length);
        (string before, string after) = Assert.Single(plain.Zip(secure), pair => pair.First != pair.Second);
        Assert.Contains("new TcpClientEndpoint(", before, StringComparison.Ordinal);
        Assert.Contains("tls:localhost:", after, StringComparison.Ordinal);
    }

    [PeerFact(Peers.OpenSsl)]
    public async Task The_greeter_speaks_to_openssl()
    {
        await using Certificates own = await Certificates.Make();
        (RunningProgram server, int port) = await OpenSslServer(own);
        await using (server)
        {
            await using RunningProgram client =
                RunningProgram.Start(Sample("t01_greeter_tls", $"{port}", own.Certificate));
            Assert.Equal("", await client.Succeeds());
            await server.Line(line => line == "MESSAGE Hello");
            await server.Line(line => line == "MESSAGE This is sent in a second");
            await server.Succeeds();
        }
    }

    [PeerFact(Peers.OpenSsl)]
    public async Task A_server_that_is_not_trusted_hears_no_greeting()
    {
        await using Certificates own = await Certificates.Make();
        await using Certificates other = await Certificates.Make();
        (RunningProgram server, int port) = await OpenSslServer(own);
        await using (server)
        {
            await using RunningProgram client =
                RunningProgram.Start(Sample("t01_greeter_tls", $"{port}", other.Certificate));
            await client.Succeeds();
            await server.Exit();
            Assert.DoesNotContain("MESSAGE", server.Output, StringComparison.Ordinal);
        }
    }

    [PeerFact(Peers.OpenSsl)]
    public async Task The_secure_echo_is_verified_by_openssl()
    {
        await using Certificates own = await Certificates.Make();
        await using RunningProgram server = await Serve("t02_echo_tls_server", own);
        await using RunningProgram client = OpenSslClient(server.Port, own);
        await client.Send("hello there\n");
        Assert.Equal("hello there", await client.Line(_ => true));
        Assert.Equal("Secured by Tls13", await server.Line(_ => true));
    }

    [PeerFact(Peers.OpenSsl)]
    public async Task The_secure_echo_client_verifies_its_server_unless_told_otherwise()
    {
        await using Certificates own = await Certificates.Make();
        await using Certificates other = await Certificates.Make();
        await using RunningProgram server = await Serve("t02_echo_tls_server", own);
        foreach (string trust in (string[])[own.Certificate, "insecure"])
        {
            await using RunningProgram good = RunningProgram.Start(
                Sample("t02_echo_tls_client", $"{server.Port}", trust));
            Assert.Equal("CN=localhost by Tls13\nReceived: Hello, world\nConnection was closed cleanly.\n",
                await good.Succeeds());
        }
        await using RunningProgram bad = RunningProgram.Start(
            Sample("t02_echo_tls_client", $"{server.Port}", other.Certificate));
        string told = await bad.Succeeds();
        Assert.StartsWith(Rejected, told, StringComparison.Ordinal);
        Assert.Single(told.TrimEnd().Split('\n'));
    }

    [PeerFact(Peers.OpenSsl)]
    public async Task Openssl_begins_TLS_amid_the_connection()
    {
        await using Certificates own = await Certificates.Make();
        await using RunningProgram server = await Serve("t08_starttls_server", own);
        await using RunningProgram client = OpenSslClient(server.Port, own, "-starttls", "pop3", "-crlf");
        await client.Send("hello\nSTLS\n");
        Assert.Equal("+OK hello over Tls13", await client.Line("hello"));
        Assert.Equal("-ERR We have TLS", await client.Line(_ => true));
    }

    [PeerFact(Peers.OpenSsl)]
    public async Task Client_and_server_begin_TLS_amid_the_connection_if_the_client_trusts()
    {
        const string plain = "+OK Ready\n+OK hello in plain\n+OK Begin\n";
        await using Certificates own = await Certificates.Make();
        await using Certificates other = await Certificates.Make();
        await using RunningProgram server = await Serve("t08_starttls_server", own);
        await using RunningProgram good = RunningProgram.Start(
            Sample("t08_starttls_client", $"{server.Port}", own.Certificate));
        Assert.Equal($"{plain}CN=localhost by Tls13\n+OK secret over Tls13\n", await good.Succeeds());
        await using RunningProgram bad = RunningProgram.Start(
            Sample("t08_starttls_client", $"{server.Port}", other.Certificate));
        Assert.StartsWith(plain + Rejected, await bad.Succeeds(), StringComparison.Ordinal);
        server.Terminate();
        await server.Succeeds();
        Assert.Equal("", server.Errors);
    }

    [PeerFact(Peers.OpenSsl, Peers.Python)]
    public async Task Without_TLS_the_client_keeps_its_secret()
    {
        await using Certificates own = await Certificates.Make();
        await using RunningProgram server = await Server.Start("answer", "+OK Ready\n+OK hello\n-ERR No TLS here\n");
        await using RunningProgram client = RunningProgram.Start(
            Sample("t08_starttls_client", $"{server.Port}", own.Certificate));
        Assert.Equal("+OK Ready\n+OK hello\n-ERR No TLS here\n", await client.Succeeds());
        Assert.Equal($"Listening on port {server.Port}\nhello\nSTLS\n", await server.Succeeds());
    }

    [PeerFact(Peers.OpenSsl, Peers.Nc)]
    public async Task A_line_that_was_slipped_in_behind_the_last_plain_one_ends_the_connection()
    {
        await using Certificates own = await Certificates.Make();
        await using RunningProgram server = await Serve("t08_starttls_server", own);
        string answers = await Netcat.Ask(server.Port, "one\r\nSTLS\r\ninjected\r\n");
        Assert.DoesNotContain("injected", answers, StringComparison.Ordinal);
        Assert.Equal("in plain: Bytes came in plain behind the message that began TLS.", await server.Line(_ => true));
        server.Terminate();
        await server.Succeeds();
        Assert.Equal("", server.Errors);
    }
}
