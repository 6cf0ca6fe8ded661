using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Interop.Tests;

/// <summary>The small servers of the RFCs, asked by netcat and Python.</summary>
public class WireTests
{
    private static readonly DateTimeOffset Epoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [PeerFact(Peers.Nc)]
    public async Task Discard_takes_everything_and_says_nothing()
    {
        Assert.Empty(await Ask("discard", new byte[5_000_000]));
    }

    [PeerFact(Peers.Python)]
    public async Task Chargen_sends_the_pattern_of_its_RFC_and_waits_for_a_slow_client()
    {
        await using RunningProgram server = await Tool.Listen("chargen");
        await using RunningProgram client = Python.Start("chargen_client.py", $"{server.Port}");
        await client.Line("good"); // it has read 5 MB in small pieces and reads no more
        Assert.InRange(server.PeakMemory(), 1, 200_000_000);
    }

    [PeerFact(Peers.Nc)]
    public async Task Qotd_sends_its_quote() =>
        Assert.Equal("An apple a day keeps the doctor away\r\n", await AskText("qotd", ""));

    [PeerFact(Peers.Nc)]
    public async Task Daytime_is_now()
    {
        DateTime before = WholeSecond(DateTime.UtcNow);
        string text = await AskText("daytime", "");
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        var time = DateTime.ParseExact(text.TrimEnd(), "ddd MMM d HH:mm:ss yyyy", CultureInfo.InvariantCulture);
        Assert.InRange(time, before, DateTime.UtcNow);
    }

    [PeerFact(Peers.Nc)]
    public async Task Time_is_now_in_seconds_since_1900()
    {
        long before = Seconds(DateTimeOffset.UtcNow);
        byte[] answer = await Ask("time", []);
        Assert.Equal(4, answer.Length);
        Assert.InRange(BinaryPrimitives.ReadUInt32BigEndian(answer), before, Seconds(DateTimeOffset.UtcNow));
    }

    [PeerFact(Peers.Nc)]
    public async Task Who_names_the_user() =>
        Assert.Equal($"{Environment.UserName}\r\n", await AskText("who", ""));

    private static DateTime WholeSecond(DateTime time) =>
        new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Unspecified);

    private static long Seconds(DateTimeOffset time) => (long)(time - Epoch).TotalSeconds;

    private static async Task<string> AskText(string name, string query) =>
        Encoding.UTF8.GetString(await Ask(name, Encoding.UTF8.GetBytes(query)));

    private static async Task<byte[]> Ask(string name, byte[] query)
    {
        await using RunningProgram server = await Tool.Listen(name);
        await using RunningProgram nc = await RunningProgram.Run(query, Peers.Nc, "-N", "127.0.0.1", $"{server.Port}");
        return nc.OutputBytes;
    }
}
