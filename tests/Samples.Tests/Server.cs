namespace Samples.Tests;

/// <summary>A server of plain Python sockets, for the samples that are clients.</summary>
internal static class Server
{
    internal static Task<RunningProgram> Start(string behaviour, string text = "", int port = 0) =>
        RunningProgram.Listen(Python.Script("server.py", $"{port}", behaviour, text));
}
