using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary>Children that outlive their reactor.</summary>
[Collection(AloneTests.Name)]
public class OrphanTests : FaultTests
{
    [Fact]
    public void A_child_that_outlived_its_reactor_is_waited_for_by_the_next_one()
    {
        var probe = new ProcessProbe();
        Run(reactor =>
        {
            ((IReactorProcess)reactor).SpawnProcess(probe, new("/bin/sleep", "30"));
            return Deferred.Succeed();
        });
        int pid = probe.Transport.Pid;
        probe.Transport.Kill(); // it can still be told
        Run(async reactor =>
        {
            while (Directory.Exists($"/proc/{pid}"))
                await ((IReactorProcess)reactor).GetProcessValue("/bin/true");
        });
        Assert.Throws<ProcessExitedAlreadyException>(probe.Transport.Kill);
    }
}
