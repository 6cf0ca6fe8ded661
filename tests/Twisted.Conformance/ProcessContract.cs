using System.Text;

namespace Twisted.Conformance;

/// <summary>Child processes: what every reactor that has them does.</summary>
public abstract class ProcessContract : ReactorContract
{
    [Fact]
    public void A_child_writes_and_ends() => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        IProcessTransport process = Shell(reactor, probe, "echo out; echo err >&2");
        Assert.Same(process, probe.Transport);
        Assert.True(process.Pid > 0);
        Assert.IsType<ProcessDoneException>(await probe.Ended);
        Assert.Equal("out\n", probe.Output);
        Assert.Equal("err\n", probe.Errors);
        Assert.Equal("made", probe.Events[0]);
        Assert.Equal("ended", probe.Events[^1]);
        Assert.Equal(["ended", "exited", "lost 0", "lost 1", "lost 2", "made"], probe.Events.Order());
    });

    [Fact]
    public void The_exit_code_is_told() => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        Shell(reactor, probe, "exit 7");
        var exited = Assert.IsType<ProcessTerminatedException>(await probe.Exited);
        Assert.Equal((7, null), (exited.ExitCode, exited.Signal));
        var ended = Assert.IsType<ProcessTerminatedException>(await probe.Ended);
        Assert.Equal((7, null), (ended.ExitCode, ended.Signal));
    });

    [Fact]
    public void A_killed_child_tells_the_signal() => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        Program(reactor, probe, "/bin/cat");
        probe.Transport.Kill();
        var ended = Assert.IsType<ProcessTerminatedException>(await probe.Ended);
        Assert.Equal((null, 9), (ended.ExitCode, ended.Signal));
        Assert.Throws<ProcessExitedAlreadyException>(probe.Transport.Kill);
        probe.Transport.Write("into the void"u8);
        probe.Transport.CloseStdin();
        probe.Transport.LoseConnection();
    });

    [Fact]
    public void CloseStdin_first_sends_what_was_written() => Run(async reactor =>
    {
        var probe = new ProcessProbe
        {
            OnMade = probe =>
            {
                probe.Transport.Write(new byte[3_000_000]);
                probe.Transport.Write("end"u8);
                probe.Transport.CloseStdin();
                probe.Transport.Write("too late"u8);
            },
        };
        Program(reactor, probe, "/usr/bin/wc", "-c");
        Assert.IsType<ProcessDoneException>(await probe.Ended);
        Assert.InRange(int.Parse(probe.Output), 3_000_003, 3_000_011); // a stream still takes bytes while it closes
    });

    [Fact]
    public void Ten_megabytes_go_through_a_child_with_a_bounded_buffer() => Run(async reactor =>
    {
        const int size = 10 * 1024 * 1024;
        var probe = new ProcessProbe();
        Program(reactor, probe, "/bin/cat");
        var pipes = Assert.IsAssignableFrom<IProcessPipes>(probe.Transport);
        var source = new PieceSource(pipes, size, probe.Transport.CloseStdin);
        pipes.RegisterProducer(source);
        Assert.IsType<ProcessDoneException>(await probe.Ended);
        Assert.Equal(size, probe.Count(1));
        Assert.True(source.Asked > 100, $"asked {source.Asked} times");
    });

    [Fact]
    public void A_child_that_does_not_read_pauses_the_producer_and_stops_it_at_the_end() => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        Program(reactor, probe, "/bin/sleep", "30");
        var pipes = (IProcessPipes)probe.Transport;
        var producer = new PushSource();
        pipes.RegisterProducer(producer);
        for (int i = 0; i < 10; i++)
            probe.Transport.Write(new byte[64 * 1024]);
        Assert.Equal(["pause"], producer.Events);
        probe.Transport.Kill();
        await probe.Ended;
        Assert.Equal(["pause", "stop"], producer.Events);
        var late = new PushSource();
        pipes.RegisterProducer(late);
        Assert.Equal(["stop"], late.Events);
    });

    [Fact]
    public void More_than_the_hard_cap_for_a_child_that_does_not_read_closes_the_pipe_and_is_reported() =>
        Run(async reactor =>
        {
            var probe = new ProcessProbe();
            Program(reactor, probe, "/bin/sleep", "30");
            for (int i = 0; i < 20; i++)
                probe.Transport.Write(new byte[1024 * 1024]);
            while (Reported.Count == 0)
                await Wait(reactor, 0.002);
            Assert.IsType<WriteBufferExceededException>(Reported.Single().Exception);
            Assert.Equal(["made", "lost 0"], probe.Events);
            probe.Transport.Kill();
            await probe.Ended;
        });

    [Fact]
    public void A_paused_child_is_not_heard_until_it_is_resumed() => Run(async reactor =>
    {
        var probe = new ProcessProbe { OnMade = probe => ((IProcessPipes)probe.Transport).PauseProducing() };
        Shell(reactor, probe, "echo something");
        await probe.Exited;
        await Wait(reactor, 0.05);
        Assert.Equal("", probe.Output);
        Assert.DoesNotContain("ended", probe.Events);
        ((IProcessPipes)probe.Transport).ResumeProducing();
        await probe.Ended;
        Assert.Equal("something\n", probe.Output);
    });

    [Fact]
    public void The_environment_is_inherited_replaced_or_empty() => Run(async reactor =>
    {
        Environment.SetEnvironmentVariable("TWISTED_PROCESS_TEST", "inherited");
        const string script = "echo [$TWISTED_PROCESS_TEST] [$OWN]";
        Assert.Equal("[inherited] []\n", await Output(reactor, new("/bin/sh", "-c", script)));
        Assert.Equal("[] [mine é]\n", await Output(reactor, new("/bin/sh", "-c", script)
        {
            Environment = new Dictionary<string, string> { ["OWN"] = "mine é" },
        }));
        Assert.Equal("", await Output(reactor, new("/usr/bin/env")
        {
            Environment = new Dictionary<string, string>(),
        }));
    });

    [Fact]
    public void It_starts_in_its_working_directory() => Run(async reactor =>
        Assert.Equal("/usr\n", await Output(reactor, new("/bin/pwd") { WorkingDirectory = "/usr" })));

    [Fact]
    public void A_name_is_looked_up_in_the_PATH_and_arguments_arrive_as_they_are() => Run(async reactor =>
        Assert.Equal("a b|*|$HOME|é||\n",
            await Output(reactor, new("printf", "%s|%s|%s|%s|%s|\\n", "a b", "*", "$HOME", "é", ""))));

    [Theory]
    [InlineData("/does/not/exist")]
    [InlineData("no-such-program-anywhere")]
    [InlineData("/etc/passwd")]
    public void What_cannot_be_run_fails_at_once_and_says_what(string program) => Run(reactor =>
    {
        var probe = new ProcessProbe();
        CannotSpawnException failure = Assert.Throws<CannotSpawnException>(
            () => { Program(reactor, probe, program); });
        Assert.Contains(program, failure.Message, StringComparison.Ordinal);
        Assert.Empty(probe.Events);
        return Deferred.Succeed();
    });

    [Fact]
    public void Options_that_cannot_be_meant_are_refused() => Run(reactor =>
    {
        var process = (IReactorProcess)reactor;
        ProcessOptions[] wrong =
        [
            new("/bin/echo", "a\0b"),
            new(""),
            new("/bin/echo") { WindowSize = new TerminalSize(80, 24) },
            new("/bin/echo") { UsePty = true, ChildDescriptors = new Dictionary<int, ChildDescriptor>() },
            new("/bin/echo") { Environment = new Dictionary<string, string> { ["A=B"] = "c" } },
            new("/bin/echo") { UserId = -1 },
            new("/bin/echo")
            {
                ChildDescriptors = new Dictionary<int, ChildDescriptor> { [-1] = ChildDescriptor.Inherited },
            },
        ];
        foreach (ProcessOptions options in wrong)
            Assert.ThrowsAny<ArgumentException>(() => { process.SpawnProcess(new ProcessProbe(), options); });
        return Deferred.Succeed();
    });

    [Fact]
    public void A_child_that_closes_its_output_lives_on() => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        Shell(reactor, probe, "exec >&- 2>&-; read line; exit 3");
        while (probe.Events.Count < 3)
            await Wait(reactor, 0.002);
        Assert.Equal(["lost 1", "lost 2", "made"], probe.Events.Order());
        probe.Transport.Write("go\n"u8);
        Assert.Equal(3, Assert.IsType<ProcessTerminatedException>(await probe.Ended).ExitCode);
    });

    [Fact]
    public void A_grandchild_that_holds_the_pipes_delays_the_end_but_not_the_exit() => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        Shell(reactor, probe, "sleep 2 & exit 5");
        Assert.Equal(5, Assert.IsType<ProcessTerminatedException>(await probe.Exited).ExitCode);
        await Wait(reactor, 0.05);
        Assert.DoesNotContain("ended", probe.Events);
        Assert.DoesNotContain("lost 1", probe.Events);
        probe.Transport.LoseConnection();
        Assert.Equal(5, Assert.IsType<ProcessTerminatedException>(await probe.Ended).ExitCode);
    });

    [Fact]
    public void What_a_grandchild_writes_is_heard_after_the_exit() => Run(async reactor =>
    {
        var probe = new ProcessProbe();
        Shell(reactor, probe, "(sleep 0.05; echo late) & exit 5");
        await probe.Exited;
        Assert.Equal("", probe.Output);
        await probe.Ended;
        Assert.Equal("late\n", probe.Output);
    });

    [Theory]
    [InlineData("MakeConnection")]
    [InlineData("ChildDataReceived")]
    [InlineData("ChildConnectionLost")]
    [InlineData("ProcessExited")]
    [InlineData("ProcessEnded")]
    public void An_exception_out_of_a_callback_is_reported_and_stops_nothing(string callback) => Run(async reactor =>
    {
        void Throw(string name)
        {
            if (name == callback)
                throw new InvalidOperationException(callback);
        }

        var ended = new Deferred();
        var probe = new ProcessProbe
        {
            OnMade = _ => Throw("MakeConnection"),
            OnData = (_, _) => Throw("ChildDataReceived"),
            OnLost = (_, _) => Throw("ChildConnectionLost"),
            OnExited = _ => Throw("ProcessExited"),
            OnEnded = _ =>
            {
                ended.Callback();
                Throw("ProcessEnded");
            },
        };
        Shell(reactor, probe, "echo one; sleep 0.05; echo two");
        await ended;
        await Wait(reactor, 0);
        Assert.Equal("one\ntwo\n", probe.Output);
        Assert.Equal(["ended", "exited", "lost 0", "lost 1", "lost 2", "made"], probe.Events.Order());
        Assert.All(Reported, report => Assert.Equal((callback, callback), (report.Source, report.Exception.Message)));
        Assert.Equal(callback is "ChildConnectionLost" ? 3 : callback is "ChildDataReceived" ? 2 : 1, Reported.Count);
    });

    [Fact]
    public void A_stopping_reactor_closes_the_pipes_and_leaves_the_child_alone()
    {
        int pid = 0;
        var probe = new ProcessProbe();
        Run(reactor =>
        {
            pid = Program(reactor, probe, "/bin/sleep", "30").Pid;
            return Deferred.Succeed();
        });
        Assert.DoesNotContain("exited", probe.Events);
        using var process = System.Diagnostics.Process.GetProcessById(pid);
        process.Kill();
    }

    [Fact]
    public void A_child_is_killed_with_the_reactor_when_asked()
    {
        var probe = new ProcessProbe();
        Run(reactor =>
        {
            ((IReactorProcess)reactor).SpawnProcess(probe, new("/bin/sleep", "30") { KillAtShutdown = true });
            return Deferred.Succeed();
        });
        Assert.Contains("exited", probe.Events);
    }

    [Fact]
    public void The_output_of_a_program_is_one_call() => Run(async reactor =>
    {
        var process = (IReactorProcess)reactor;
        Assert.Equal("hello\n", await process.GetProcessOutput("echo", "hello"));
        Assert.Equal(3, await process.GetProcessValue("/bin/sh", "-c", "echo x; exit 3"));
        ProcessResult result = await process.GetProcessOutputAndValue("/bin/sh", "-c", "echo o; echo e >&2; exit 4");
        Assert.Equal(("o\n", "e\n", 4), (result.Output, result.Errors, result.Exit.ExitCode));
        string both = await process.GetProcessOutput(
            new("/bin/sh", "-c", "echo o; echo e >&2"), errorsToo: true);
        Assert.Equal("eo", string.Concat(both.Where(char.IsLetter).Order()));
    });

    [Fact]
    public void Output_that_is_not_wanted_is_a_failure_that_shows_it() => Run(async reactor =>
    {
        var process = (IReactorProcess)reactor;
        var errors = await Assert.ThrowsAsync<ProcessFailedException>(
            () => process.GetProcessOutput("/bin/sh", "-c", "echo trouble >&2").AsTask());
        Assert.Contains("trouble", errors.Message, StringComparison.Ordinal);
        var much = await Assert.ThrowsAsync<ProcessFailedException>(
            () => process.GetProcessOutput(new("/bin/cat", "/dev/zero"), limit: 1000).AsTask());
        Assert.Contains("1000 bytes", much.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<CannotSpawnException>(() => process.GetProcessOutput("/does/not/exist").AsTask());
        Deferred<int> cancelled = process.GetProcessValue("/bin/sleep", "30");
        cancelled.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.AsTask());
    });

    [Fact]
    public void A_process_is_a_connection_of_an_ordinary_protocol() => Run(async reactor =>
    {
        var probe = new HalfClosingProbe();
        ChildProcess sort = ((IReactorProcess)reactor).StartProcess(new("sort"), probe);
        probe.Transport.Write("b\na\n"u8);
        probe.Transport.Get<IHalfCloseable>()!.LoseWriteConnection();
        probe.Transport.Write("late\n"u8);
        await probe.WriteLost;
        Assert.True((await sort.Ended).IsSuccess);
        Assert.Equal("a\nb\n", Encoding.ASCII.GetString([.. probe.Received]));
        Assert.IsType<ConnectionDoneException>(await probe.Lost);
    });

    [Fact]
    public void An_endpoint_connects_to_a_process() => Run(async reactor =>
    {
        var errors = new Probe();
        var endpoint = new ProcessEndpoint(
            (IReactorProcess)reactor, new("/bin/sh", "-c", "read a; echo $a; echo err >&2; exit 2"))
        {
            Errors = () => errors,
        };
        Probe probe = await endpoint.Connect(() => new Probe());
        Assert.Same(reactor, probe.Transport.Get<IReactorTime>()); // as of every transport
        Span<byte> room = probe.Transport.GetSpan(6);
        "hello\n"u8.CopyTo(room);
        probe.Transport.Advance(6);
        Assert.Equal(2, Assert.IsType<ProcessTerminatedException>(await probe.Lost).ExitCode);
        Assert.Equal("hello\n"u8.ToArray(), probe.Received);
        await errors.Lost;
        Assert.Equal("err\n"u8.ToArray(), errors.Received);
        Assert.Equal(1, errors.LostCount);
        var missing = new ProcessEndpoint((IReactorProcess)reactor, new("/does/not/exist"));
        await Assert.ThrowsAsync<CannotSpawnException>(() => missing.Connect(() => new Probe()).AsTask());
    });

    [Fact]
    public void A_protocol_of_a_process_that_throws_ends_the_connection_with_it() => Run(async reactor =>
    {
        var probe = new Probe { OnData = _ => throw new InvalidOperationException("mine") };
        ChildProcess cat = ((IReactorProcess)reactor).StartProcess(new("/bin/cat"), probe);
        probe.Transport.Write("x"u8);
        Assert.Equal("mine", (await probe.Lost).Message);
        await cat.Ended;
        Assert.Equal("mine", Reported.Single().Exception.Message);
    });

    /// <summary>Waits for the end of a program that must succeed.</summary>
    protected static async Deferred<string> Output(IReactor reactor, ProcessOptions options)
    {
        var probe = new ProcessProbe();
        ((IReactorProcess)reactor).SpawnProcess(probe, options);
        Exception reason = await probe.Ended;
        Assert.True(reason is ProcessDoneException, $"{reason.Message} {probe.Errors}");
        return probe.Output;
    }

    protected static IProcessTransport Shell(IReactor reactor, ProcessProbe probe, string script) =>
        Program(reactor, probe, "/bin/sh", "-c", script);

    protected static IProcessTransport Program(IReactor reactor, ProcessProbe probe, string program,
        params string[] arguments) =>
        ((IReactorProcess)reactor).SpawnProcess(probe, new ProcessOptions(program, arguments));

    /// <summary>Gives so many bytes, a piece each time it is asked.</summary>
    private sealed class PieceSource(IConsumer consumer, int size, Action ended) : IPullProducer
    {
        private int _left = size;

        public int Asked { get; private set; }

        public void ResumeProducing()
        {
            Asked++;
            int count = Math.Min(_left, 64 * 1024);
            consumer.Write(new byte[count]);
            _left -= count;
            if (_left > 0)
                return;
            consumer.UnregisterProducer();
            ended();
        }

        public void StopProducing() { }
    }

    private sealed class PushSource : IPushProducer
    {
        public List<string> Events { get; } = [];

        public void PauseProducing() => Events.Add("pause");

        public void ResumeProducing() => Events.Add("resume");

        public void StopProducing() => Events.Add("stop");
    }
}
