using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary>Children leave nothing behind: no descriptor, no zombie, whether they ran or not.</summary>
[Collection(AloneTests.Name)]
public class ProcessLeakTests : FaultTests
{
    [Fact]
    public void Two_hundred_children_leave_neither_descriptors_nor_zombies() => Run(async reactor =>
    {
        var process = (IReactorProcess)reactor;
        await process.GetProcessValue("/bin/true"); // what is loaded once
        int before = OwnProcess.Descriptors();
        for (int i = 0; i < 40; i++)
        {
            await Deferred.GatherResults(Enumerable.Range(0, 5).Select(_ => process.GetProcessValue("/bin/true")));
            Assert.Throws<CannotSpawnException>(
                () => { process.SpawnProcess(new ProcessProbe(), new("/does/not/exist")); });
        }
        Assert.Equal(before, OwnProcess.Descriptors());
        Assert.Equal(0, OwnProcess.Zombies());
    });

    [Fact]
    public void Terminals_leave_no_descriptors() => Run(async reactor =>
    {
        int before = OwnProcess.Descriptors();
        for (int i = 0; i < 20; i++)
        {
            var probe = new ProcessProbe();
            ((IReactorProcess)reactor).SpawnProcess(probe, new("/bin/true") { UsePty = true });
            await probe.Ended;
            Assert.Throws<CannotSpawnException>(
                () => { ((IReactorProcess)reactor).SpawnProcess(probe, new("/no/program") { UsePty = true }); });
        }
        Assert.Equal(before, OwnProcess.Descriptors());
        Assert.Equal(0, OwnProcess.Zombies());
    });

    [Fact]
    public void A_stopped_reactor_keeps_no_descriptor_of_a_living_child()
    {
        Run(_ => Deferred.Succeed());
        GC.Collect();
        GC.WaitForPendingFinalizers();
        int before = OwnProcess.Descriptors();
        var probe = new ProcessProbe();
        Run(reactor =>
        {
            ((IReactorProcess)reactor).SpawnProcess(probe, new("/bin/sleep", "30"));
            return Deferred.Succeed();
        });
        Assert.Equal(before, OwnProcess.Descriptors());
        Assert.Equal(["lost 0", "lost 1", "lost 2", "made"], probe.Events.Order());
        probe.Transport.Kill(); // it is ours still, though nobody waits for it
    }

    [Fact]
    public void Standard_input_and_output_leave_no_descriptors() => Run(async reactor =>
    {
        using FileStream file = File.OpenRead("/etc/hosts");
        using FileStream nothing = File.OpenWrite("/dev/null");
        int before = OwnProcess.Descriptors();
        for (int i = 0; i < 10; i++)
        {
            var probe = new Probe();
            ((IReactorStandardIO)reactor).OpenStandardIO(probe, file.SafeFileHandle, nothing.SafeFileHandle);
            await probe.Lost;
        }
        Assert.Equal(before, OwnProcess.Descriptors());
    });
}
