namespace Samples.Tests;

/// <summary>Debian's netcat as client.</summary>
internal static class Netcat
{
    /// <summary>Stays connected until it is disposed or the server closes.</summary>
    internal static RunningProgram Connect(int port) =>
        RunningProgram.Start(Peers.Nc, "127.0.0.1", $"{port}");

    /// <summary>Sends a text and gives all that the server sends until it closes.</summary>
    internal static async Task<string> Ask(int port, string text) =>
        await Output(text, Peers.Nc, "127.0.0.1", $"{port}");

    /// <summary>The same, but closes its own side after the text.</summary>
    internal static async Task<string> AskAndHalfClose(int port, string text) =>
        await Output(text, Peers.Nc, "-N", "127.0.0.1", $"{port}");

    private static async Task<string> Output(string text, params string[] command)
    {
        await using RunningProgram nc = await RunningProgram.Run(System.Text.Encoding.UTF8.GetBytes(text), command);
        return nc.Output;
    }
}
