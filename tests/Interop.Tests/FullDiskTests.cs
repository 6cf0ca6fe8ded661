namespace Interop.Tests;

/// <summary>The tool on a disk without room.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("full-disk-");

    public void Dispose() => _folder.Delete(recursive: true);

    [PeerFact(Peers.Root, "unshare", Peers.Socat)]
    public async Task A_server_whose_output_is_a_full_disk_serves()
    {
        await Tool.Built;
        DirectoryInfo disk = _folder.CreateSubdirectory("disk");
        string socket = Path.Combine(_folder.FullName, "socket");
        // A file system of its own, full before the first line.
        await using RunningProgram server = RunningProgram.Start(["unshare", "-m", "bash", "-c", $"""
            mount -t tmpfs -o size=16k none {disk.FullName}
            head -c 1000000 /dev/zero > {disk.FullName}/filler 2> /dev/null
            exec "$@" > {disk.FullName}/output
            """, "bash", .. Twistd("-n", "echo", "-p", $"unix:{socket}")]);
        await server.IsInEventLoop(); // it can print nothing
        await using RunningProgram socat = RunningProgram.Start(Peers.Socat, "-", $"UNIX-CONNECT:{socket}");
        await Tool.AssertEchoes(socat);
        server.Terminate();
        await server.Succeeds();
    }
}
