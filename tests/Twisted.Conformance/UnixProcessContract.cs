using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Twisted.Conformance;

/// <summary>What a reactor does with child processes where the system has signals, descriptors and users.</summary>
public abstract class UnixProcessContract : ProcessContract
{
    [Theory]
    [InlineData("HUP", 1)]
    [InlineData("INT", 2)]
    [InlineData("TERM", 15)]
    [InlineData("KILL", 9)]
    public void A_signal_by_name_ends_the_child(string name, int number) => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        Program(reactor, probe, "/bin/sleep", "30");
        probe.Transport.SignalProcess(name);
        Assert.Equal(number, Assert.IsType<ProcessTerminatedException>(await probe.Ended).Signal);
        Assert.Throws<ProcessExitedAlreadyException>(() => probe.Transport.SignalProcess(name));
    });

    [Fact]
    public void A_stopped_child_goes_on_when_told() => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        Program(reactor, probe, "/bin/cat");
        probe.Transport.Write("one"u8);
        while (probe.Output.Length == 0)
            await Wait(reactor, 0.002);
        probe.Transport.SignalProcess("STOP");
        probe.Transport.Write("two"u8);
        await Wait(reactor, 0.05);
        Assert.Equal("one", probe.Output);
        Assert.DoesNotContain("exited", probe.Events); // stopped is not ended
        probe.Transport.SignalProcess(18);
        probe.Transport.CloseStdin();
        await probe.Ended;
        Assert.Equal("onetwo", probe.Output);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_child_notices_that_its_output_was_closed_here(int descriptor) => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        Program(reactor, probe, "/bin/sh", "-c", $"read line; exec yes >&{descriptor}");
        await probe.Made;
        ((IProcessPipes)probe.Transport).CloseChildDescriptor(descriptor);
        probe.Transport.Write("go\n"u8);
        Assert.Equal(13, Assert.IsType<ProcessTerminatedException>(await probe.Ended).Signal); // SIGPIPE
        Assert.Equal(0, probe.Count(descriptor));
    });

    [Fact]
    public void A_signal_by_number_and_what_is_no_signal() => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        Program(reactor, probe, "/bin/sleep", "30");
        Assert.Throws<ArgumentException>(() => probe.Transport.SignalProcess("NONSENSE"));
        Assert.Throws<ArgumentOutOfRangeException>(() => probe.Transport.SignalProcess(65));
        Assert.Throws<ArgumentOutOfRangeException>(() => probe.Transport.SignalProcess(0));
        probe.Transport.SignalProcess(10);
        Assert.Equal(10, Assert.IsType<ProcessTerminatedException>(await probe.Ended).Signal);
    });

    [Fact]
    public void Signals_are_as_a_program_expects_them() => Run(async reactor =>
    {
        string status = await Output(reactor, new("/bin/grep", "Sig", "/proc/self/status"));
        Assert.Contains("SigBlk:\t0000000000000000", status, StringComparison.Ordinal);
        Assert.Contains("SigIgn:\t0000000000000000", status, StringComparison.Ordinal);
    });

    [Fact]
    public void A_child_has_the_descriptors_that_it_is_given_and_no_others() => Run(async reactor =>
    {
        // As what a parent has left open for us: without the flag that closes it when a program runs.
        using var stray = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
        string open = await Output(
            reactor, new("/usr/bin/python3", "-c", "import os; print(os.listdir('/proc/self/fd'))"));
        Assert.Equal("['0', '1', '2', '3']\n", open); // 3 is that of the listing itself
    });

    [Fact]
    public void Further_descriptors_are_read_and_written() => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        ((IReactorProcess)reactor).SpawnProcess(probe, new("/bin/sh", "-c", "cat <&3 >&4; echo done")
        {
            ChildDescriptors = new Dictionary<int, ChildDescriptor>
            {
                [1] = ChildDescriptor.ReadPipe,
                [3] = ChildDescriptor.WritePipe,
                [4] = ChildDescriptor.ReadPipe,
                [9] = ChildDescriptor.ReadPipe,
            },
        });
        var pipes = (IProcessPipes)probe.Transport;
        probe.Transport.WriteToChild(3, "through"u8);
        pipes.CloseChildDescriptor(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => probe.Transport.WriteToChild(0, "x"u8));
        Assert.Throws<ArgumentOutOfRangeException>(() => probe.Transport.WriteToChild(4, "x"u8));
        Assert.Throws<ArgumentOutOfRangeException>(() => pipes.CloseChildDescriptor(5));
        probe.Transport.Write("there is no standard input"u8);
        probe.Transport.CloseStdin();
        Assert.IsType<ProcessDoneException>(await probe.Ended);
        Assert.Equal("through", probe.Text(4));
        Assert.Equal("done\n", probe.Output);
        pipes.CloseChildDescriptor(4);
    });

    [Fact]
    public void A_handle_of_ours_is_the_childs_too() => Run(async reactor =>
    {
        string path = Path.GetTempFileName();
        try
        {
            var probe = new ProcessProbe();
            using (FileStream file = File.Create(path))
            using (var pipe = new AnonymousPipeServerStream(PipeDirection.Out))
            {
                ((IReactorProcess)reactor).SpawnProcess(probe, new("/bin/cat")
                {
                    ChildDescriptors = new Dictionary<int, ChildDescriptor>
                    {
                        [0] = ChildDescriptor.From(pipe.ClientSafePipeHandle),
                        [1] = ChildDescriptor.From(file.SafeFileHandle),
                        [2] = ChildDescriptor.Inherited,
                    },
                });
                pipe.DisposeLocalCopyOfClientHandle();
                pipe.Write("by a pipe of ours"u8);
            }
            await probe.Ended;
            Assert.Equal(["made", "exited", "ended"], probe.Events);
            Assert.Equal("by a pipe of ours", File.ReadAllText(path));
        }
        finally
        {
            File.Delete(path);
        }
    });

    [Fact]
    public void Low_numbers_of_ours_given_crosswise_do_not_overwrite_each_other() => Run(async reactor =>
    {
        // Whatever numbers the pipes have, some of these targets are among them.
        var all = Enumerable.Range(3, 120).ToDictionary(number => number, _ => ChildDescriptor.ReadPipe);
        var probe = new ProcessProbe();
        ((IReactorProcess)reactor).SpawnProcess(probe, new("/usr/bin/python3", "-c",
            "import os\nfor n in range(3, 123): os.write(n, str(n).encode())")
        {
            ChildDescriptors = all,
        });
        Assert.IsType<ProcessDoneException>(await probe.Ended);
        Assert.All(all.Keys, number => Assert.Equal(number.ToString(), probe.Text(number)));
    });

    [Fact]
    public void It_is_told_another_name() => Run(async reactor => Assert.Equal("-login\n",
        await Output(reactor, new("/bin/sh", "-c", "echo $0") { ArgumentZero = "-login" })));

    [Fact]
    public void A_working_directory_that_does_not_exist_is_named() => Run(reactor =>
    {
        CannotSpawnException failure = Assert.Throws<CannotSpawnException>(() =>
        {
            ((IReactorProcess)reactor).SpawnProcess(
                new ProcessProbe(), new("/bin/true") { WorkingDirectory = "/does/not/exist" });
        });
        Assert.Contains("working directory /does/not/exist", failure.Message, StringComparison.Ordinal);
        return Deferred.Succeed();
    });

    [RootFact]
    public void It_runs_as_another_user() => Run(async reactor =>
    {
        Assert.Equal("12345 23456 23456\n", await Output(reactor,
            new("/bin/sh", "-c", "echo $(id -u) $(id -g) $(id -G)") { UserId = 12345, GroupId = 23456 }));
        Assert.Throws<CannotSpawnException>(() =>
        {
            ((IReactorProcess)reactor).SpawnProcess(
                new ProcessProbe(), new("/does/not/exist") { UserId = 12345 });
        });
    });

    [Fact]
    public void Other_children_of_the_program_are_not_disturbed() => Run(async reactor =>
    {
        using var other = System.Diagnostics.Process.Start("/bin/sh", ["-c", "exit 42"]);
        for (int i = 0; i < 20; i++)
            await Output(reactor, new("/bin/true"));
        await reactor.DeferToThread(other.WaitForExit);
        Assert.Equal(42, other.ExitCode);
    });

    [Fact]
    public void A_child_killed_from_outside_is_told() => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        int pid = Program(reactor, probe, "/bin/cat").Pid;
        await Output(reactor, new("/bin/sh", "-c", $"kill -SEGV {pid}"));
        Assert.Equal(11, Assert.IsType<ProcessTerminatedException>(await probe.Ended).Signal);
        Assert.Equal(11, (await Assert.ThrowsAsync<ProcessFailedException>(
            () => ((IReactorProcess)reactor).GetProcessOutputAndValue("/bin/sh", "-c", "echo o; kill -SEGV $$")
                .AsTask())).Result.Exit.Signal);
    });
}

/// <summary>Needs root's rights, and is skipped where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
            Skip = "Only root may run a program as another user.";
    }
}
