using System.Net;
using System.Text.RegularExpressions;

namespace Samples.Tests;

/// <summary>The reactor in a generic host, and beside a web application.</summary>
public partial class HostTests
{
    private const string Free = "tcp:0:interface=127.0.0.1";

    /// <summary>The port that a line of the host's log names, of a server or of a web address.</summary>
    private static async Task<int> Port(RunningProgram program, string server)
    {
        string line = await program.Line(text => text.Contains("istening on", StringComparison.Ordinal)
            && text.Contains(server, StringComparison.Ordinal));
        return int.Parse(PortNumber().Match(line).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    [PeerFact(Peers.Nc)]
    public async Task Two_servers_of_a_generic_host_share_a_count_and_end_at_a_signal()
    {
        await using RunningProgram host = RunningProgram.Start(Sample("h01_hosted_echo",
            $"--Twisted:Servers:echo:Endpoint={Free}", $"--Twisted:Servers:greeter:Endpoint={Free}"));
        int echo = await Port(host, "(echo)");
        int greeter = await Port(host, "(greeter)");
        Assert.Equal("hello", await Netcat.AskAndHalfClose(echo, "hello"));
        Assert.Equal("2\r\n", await Netcat.Ask(greeter, ""));
        Assert.Equal("3\r\n", await Netcat.Ask(greeter, ""));
        host.Terminate();
        await host.Succeeds();
    }

    [PeerFact(Peers.Nc)]
    public async Task A_web_application_and_a_line_server_have_one_guest_book_and_tell_their_health()
    {
        await using RunningProgram app = RunningProgram.Start(Sample("h02_web_application",
            "--urls=http://127.0.0.1:0", $"--Twisted:Servers:guests:Endpoint={Free}"));
        int guests = await Port(app, "(guests)");
        using var web = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{await Port(app, "http:")}") };
        Assert.Equal("[]", await web.GetStringAsync(new Uri("/guests", UriKind.Relative)));
        Assert.Equal("Thank you.\r\nThank you.\r\n", await Netcat.AskAndHalfClose(guests, "moshez\r\nglyph\r\n"));
        Assert.Equal("""["moshez","glyph"]""", await web.GetStringAsync(new Uri("/guests", UriKind.Relative)));
        Assert.Equal("Healthy: Every server listens.",
            await web.GetStringAsync(new Uri("/healthz/ready", UriKind.Relative)));
        using HttpResponseMessage live = await web.GetAsync(new Uri("/healthz/live", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        app.Terminate();
        await app.Succeeds();
    }

    [PeerFact(Peers.Nc)]
    public async Task A_port_in_use_ends_the_program_with_one_line_that_says_so()
    {
        await using RunningProgram first = RunningProgram.Start(Sample("h01_hosted_echo",
            $"--Twisted:Servers:echo:Endpoint={Free}", $"--Twisted:Servers:greeter:Endpoint={Free}"));
        int port = await Port(first, "(echo)");
        await using RunningProgram second = RunningProgram.Start(Sample("h01_hosted_echo",
            $"--Twisted:Servers:echo:Endpoint=tcp:{port}:interface=127.0.0.1"));
        string line = await second.Line("'echo' cannot start: ");
        Assert.Contains($"127.0.0.1:{port}", line, StringComparison.Ordinal);
        Assert.NotEqual(0, await second.Exit());
    }

    [GeneratedRegex(@":(\d+)\b[^:]*$")]
    private static partial Regex PortNumber();
}
