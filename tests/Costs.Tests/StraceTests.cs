using System.Net;
using System.Net.Sockets;

namespace Costs.Tests;

/// <summary>Another instrument than ours counts the same.</summary>
public class StraceTests
{
    private const int Messages = 100;
    private const int Size = 32;

    [PeerFact("strace", Peers.Root)]
    public async Task Strace_sees_a_receive_a_send_and_a_wait_for_each_message()
    {
        string log = Path.Combine(AppContext.BaseDirectory, "strace.log");
        await using RunningProgram host = await RunningProgram.Listen(Steps.Host("echo"));
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, host.Port);
        await PingPong(client); // the connection is made, and nothing is pending
        await using RunningProgram strace =
            RunningProgram.Start("sh", "-c", $"exec strace -o '{log}' -p {host.Id} 2>&1");
        await strace.Line("attached"); // to that thread alone
        await PingPong(client);
        strace.Interrupt();
        await strace.Exit();
        ILookup<string, string> calls = File.ReadLines(log).ToLookup(line => line.Split('(')[0]);
        Assert.Equal(Messages, calls["recvfrom"].Count());
        Assert.Equal(Messages, calls["sendto"].Count());
        // One more for the wait that strace came into, and one for that which it left.
        Assert.InRange(calls["epoll_wait"].Count(), Messages, Messages + 2);
        Assert.Empty(calls.Select(call => call.Key)
            .Where(name => char.IsLetter(name[0])).Except(["recvfrom", "sendto", "epoll_wait", "restart_syscall"]));
    }

    private static async Task PingPong(Socket client)
    {
        byte[] message = new byte[Size];
        for (int i = 0; i < Messages; i++)
        {
            await client.SendAsync(message);
            for (int received = 0; received < Size;)
                received += await client.ReceiveAsync(message.AsMemory(received));
        }
    }
}
