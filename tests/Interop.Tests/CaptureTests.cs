using System.Net;
using Twisted.Testing;

namespace Interop.Tests;

/// <summary>tshark reads the captures that a traffic log writes.</summary>
public class CaptureTests
{
    [PeerTheory(Peers.Tshark)]
    [InlineData("192.0.2.1", "192.0.2.2")]
    [InlineData("2001:db8::1", "2001:db8::2")]
    public async Task A_conversation_is_read_without_a_complaint(string host, string peer)
    {
        string file = Path.GetTempFileName();
        try
        {
            await using (FileStream output = File.Create(file))
                Record(new PcapngTrafficLog(output, new VirtualClock()), IPAddress.Parse(host), IPAddress.Parse(peer));
            await using RunningProgram tshark = await RunningProgram.Run(Peers.Tshark, "-r", file,
                "-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE",
                "-T", "fields", "-e", "tcp.len", "-e", "_ws.expert.message", "-E", "separator=,");
            Assert.Equal(0, await tshark.Exit());
            string[] packets = tshark.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            int[] lengths = [.. packets.Select(packet => int.Parse(packet.Split(',')[0]))];
            Assert.Equal([0, 0, 0, 5, 32768, 32768, 4464, 0, 0, 0], lengths);
            Assert.All(packets, packet => Assert.DoesNotMatch("(?i)checksum|malformed|previous|retrans", packet));
            await using RunningProgram followed = await RunningProgram.Run(
                Peers.Tshark, "-r", file, "-q", "-z", "follow,tcp,ascii,0");
            Assert.Contains("hello", followed.Output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Record(PcapngTrafficLog log, IPAddress host, IPAddress peer)
    {
        log.Connected(1, new IPEndPoint(host, 8007), new IPEndPoint(peer, 40_000));
        log.Received(1, "hello"u8);
        log.Sent(1, new byte[70_000]);
        log.Disconnected(1, new ConnectionDoneException());
    }
}
