using System.Net;
using System.Net.Sockets;

namespace Interop.Tests;

/// <summary>TwistedQuotes, served by the tool.</summary>
public sealed class QuoteTests
{
    private const string Anywhere = "tcp:0:interface=127.0.0.1";

    [Fact]
    public async Task The_quotes_of_a_file_are_sent_whole_with_the_line_ends_of_the_network()
    {
        string[] quotes = File.ReadAllText(PathOf("samples/quotes/quotes.txt")).TrimEnd().Split("\n%\n");
        await Tool.Built;
        await using RunningProgram server = await RunningProgram.Listen(
            Twistd("-n", "qotd", "-p", Anywhere, "--file", PathOf("samples/quotes/quotes.txt")));
        for (int i = 0; i < 5; i++)
        {
            string quote = await Quote(server.Port);
            Assert.EndsWith("\r\n", quote);
            Assert.Contains(quote.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd(), quotes);
        }
    }

    [Fact]
    public async Task A_quote_of_the_command_line_is_sent()
    {
        await Tool.Built;
        await using RunningProgram server = await RunningProgram.Listen(
            Twistd("-n", "qotd", "-p", Anywhere, "--static", "Brevity is the soul of wit"));
        Assert.Equal("Brevity is the soul of wit\r\n", await Quote(server.Port));
    }

    [Theory]
    [InlineData("/no/such/quotes.txt", "--file", "/no/such/quotes.txt")]
    [InlineData("/dev/null has no quote in it", "--file", "/dev/null")]
    [InlineData("Give --static or --file, not both.", "--file", "/dev/null", "--static", "x")]
    [InlineData("'/tmp' is denied", "--file", "/tmp")]
    [InlineData("a control character, 0x00", "--file", "/proc/self/cmdline")]
    [InlineData("/dev/zero is longer than", "--file", "/dev/zero")]
    public async Task Quotes_that_cannot_be_had_are_told_in_one_line(string told, params string[] options)
    {
        await using RunningProgram refused = await Tool.Start(["-n", "qotd", "-p", Anywhere, .. options]);
        Assert.Equal("", await refused.Succeeds(exitCode: 1));
        Assert.Matches(@"\Atwistd: [^\n]+\n\z", refused.Errors);
        Assert.Contains(told, refused.Errors);
    }

    private static async Task<string> Quote(int port)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync(limit.Token);
    }
}
