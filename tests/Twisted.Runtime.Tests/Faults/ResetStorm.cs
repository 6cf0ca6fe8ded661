using System.Net;
using System.Net.Sockets;

namespace Twisted.Tests;

/// <summary>Clients that connect, say a word or none, and reset.</summary>
internal static class ResetStorm
{
    /// <summary>As many as the default run has time for.</summary>
    internal const int Default = 3_000;

    private const int Threads = 4;

    /// <summary>RESET_STORM=600000 is the long form: 10,000 a second for a minute, if the machine can.</summary>
    internal static int Chosen =>
        int.TryParse(Environment.GetEnvironmentVariable("RESET_STORM"), out int count) ? count : Default;

    /// <summary>Blows.</summary>
    /// <param name="port">Against this port of 127.0.0.1.</param>
    /// <param name="count">So many in all.</param>
    internal static void Blow(int port, int count)
    {
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < count / Threads; i++)
                Reset(port, word: i % 2 == 0);
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
    }

    private static void Reset(int port, bool word)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, port);
        if (word)
            socket.Send("word"u8);
        socket.LingerState = new LingerOption(true, 0);
    }
}
