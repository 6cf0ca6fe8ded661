using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary>Programs that are to run when this process has no descriptors left.</summary>
[Collection(AloneTests.Name)]
public class ProcessExhaustionTests : FaultTests
{
    [Fact]
    public void Without_descriptors_no_child_starts_and_nothing_is_left_of_it() => Run(async reactor =>
    {
        IStreamClientEndpoint program = Endpoints.Client(reactor, "process:/bin/cat");
        // What is loaded once, which takes descriptors too.
        Assert.Null(await Fails(program));
        Assert.NotNull(await Fails(Endpoints.Client(reactor, "process:/does/not/exist")));
        new FewDescriptors().Dispose();
        GC.Collect();
        GC.WaitForPendingFinalizers(); // what other tests have left
        int before = OwnProcess.Descriptors();
        int failures = 0;
        using (var few = new FewDescriptors())
        {
            // It fails at the first end of a pipe, the second, ..., and then no more.
            while (await Fails(program) is { } failure)
            {
                failures++;
                few.FreeOne();
                Assert.Contains("/bin/cat", failure, StringComparison.Ordinal);
                Assert.Contains("Too many open files", failure, StringComparison.OrdinalIgnoreCase);
            }
        }
        Assert.True(failures >= 4, $"it started with {failures}");
        Assert.Equal(before, OwnProcess.Descriptors());
        Assert.Equal(0, OwnProcess.Zombies());
    });

    /// <summary>Why it cannot connect; null when it could, and has ended.</summary>
    private static async Deferred<string?> Fails(IStreamClientEndpoint program)
    {
        try
        {
            Probe probe = await program.Connect(() => new Probe());
            probe.Transport.LoseConnection();
            await probe.Lost;
            return null;
        }
        catch (CannotSpawnException failure)
        {
            return failure.Message;
        }
    }
}

[Collection(AloneTests.Name)]
public class PortableProcessExhaustionTests : ProcessExhaustionTests
{
    protected override ReactorKind Kind => ReactorKind.Portable;
}
