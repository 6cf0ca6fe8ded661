namespace Samples.Tests;

/// <summary>T9: one program accepts connections, another serves them.</summary>
public sealed class PassingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("samples");

    private string Socket => Path.Combine(_folder.FullName, "worker");

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<RunningProgram> StartWorker()
    {
        RunningProgram worker = RunningProgram.Start(Sample("t09_passing_worker", Socket));
        await worker.Line("Listening on ");
        return worker;
    }

    [PeerFact(Peers.Nc)]
    public async Task The_worker_serves_what_the_front_accepted_and_goes_on_without_it()
    {
        await using RunningProgram worker = await StartWorker();
        await using RunningProgram front = await RunningProgram.Listen(Sample("t09_passing_front", Socket, "0"));
        await using RunningProgram one = Netcat.Connect(front.Port);
        await using RunningProgram two = Netcat.Connect(front.Port);
        foreach (RunningProgram nc in (RunningProgram[])[one, two])
        {
            Assert.Equal($"Process {worker.Id} is listening.", await nc.Line(_ => true));
            await worker.Line("Serving 127.0.0.1:");
        }
        front.Terminate();
        Assert.Equal($"Listening on port {front.Port}\n", await front.Succeeds());
        await one.Send("still there?\n");
        Assert.Equal("still there?", await one.Line(_ => true));
        await two.Kill();
        await worker.Line("Connection was closed cleanly.");
        Assert.Equal("", worker.Errors);
    }

    [Fact]
    public async Task Without_its_worker_the_front_ends()
    {
        await using RunningProgram worker = await StartWorker();
        await using RunningProgram front = await RunningProgram.Listen(Sample("t09_passing_front", Socket, "0"));
        await worker.Kill();
        Assert.Equal($"Listening on port {front.Port}\nThe worker has gone.\n", await front.Succeeds());
    }
}
