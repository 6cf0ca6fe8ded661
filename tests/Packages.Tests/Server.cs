namespace Packages.Tests;

/// <summary>A server that has said where it listens. Disposing kills it, if it still runs.</summary>
public sealed class Server : IAsyncDisposable
{
    private readonly RunningProgram _program;

    private Server(RunningProgram program) => _program = program;

    /// <summary>Where it listens.</summary>
    public int Port { get; private set; }

    /// <summary>Waits until it listens.</summary>
    public static async Task<Server> Of(RunningProgram program)
    {
        var server = new Server(program);
        try
        {
            server.Port = await program.NextPort();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks it to end, which it has to do well.</summary>
    public async Task End()
    {
        _program.Terminate();
        await _program.Succeeds();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
