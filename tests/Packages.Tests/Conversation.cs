using System.Net.Sockets;

namespace Packages.Tests;

/// <summary>A client of plain .NET sockets.</summary>
internal static class Conversation
{
    /// <summary>Longer than any answer takes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Says a line, if it is not empty, and reads so many.</summary>
    internal static async Task<string[]> With(int port, string line, int lines)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, deadline.Token);
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
        if (line.Length > 0)
            await writer.WriteLineAsync(line.AsMemory(), deadline.Token);
        string[] heard = new string[lines];
        for (int index = 0; index < lines; index++)
            heard[index] = await reader.ReadLineAsync(deadline.Token) ?? "(closed)";
        return heard;
    }
}
