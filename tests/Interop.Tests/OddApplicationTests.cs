using System.Runtime.Versioning;

namespace Interop.Tests;

/// <summary>Applications that do what they should not: how the tool ends, and what it leaves behind.</summary>
[SupportedOSPlatform("linux")]
public sealed class OddApplicationTests(OddApplicationTests.Odd odd) : IClassFixture<OddApplicationTests.Odd>
{
    [Fact]
    public async Task A_defect_ends_it_with_its_own_code_and_a_file_that_says_where()
    {
        await using RunningProgram server = await odd.Run("defect");
        await server.Succeeds(exitCode: 70);
        Assert.Matches(@"\Atwistd: A defect ended it: Nobody expects it\. See [^\n]+TWISTD-CRASH\.log\.\n\z",
            server.Errors);
        string crash = await File.ReadAllTextAsync(odd.PathTo("TWISTD-CRASH.log"));
        Assert.Contains("System.ApplicationException: Nobody expects it.", crash);
        Assert.Contains("at Defect.StartService()", crash);
        Assert.False(File.Exists(odd.PathTo("odd.pid")));
    }

    [Fact]
    public async Task One_that_is_told_to_stop_before_it_serves_leaves_nothing_behind()
    {
        await using RunningProgram server = await odd.Run("slow");
        await odd.Appears("started");
        Assert.True(File.Exists(odd.PathTo("odd.pid")));
        server.Terminate();
        await server.Succeeds(exitCode: 1);
        Assert.Equal("twistd: It was told to stop before it served.\n", server.Errors);
        Assert.False(File.Exists(odd.PathTo("odd.pid")));
    }

    [Fact]
    public async Task A_service_that_does_not_stop_is_given_up_at_the_second_signal()
    {
        await using RunningProgram server = await odd.Run("stubborn");
        await server.Line("twistd serves on");
        server.Terminate();
        await server.Line("Stopping:");
        server.Terminate();
        await server.Succeeds();
        Assert.DoesNotContain("ERROR", server.Output);
    }

    /// <summary>A program with these applications, built once.</summary>
    public sealed class Odd : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("odd-");

        public Odd() => File.WriteAllText(PathTo("odd.cs"), $$"""
            #:project {{Root}}/src/Twisted.Application
            using Twisted.Application;
            using Twisted.Application.Plugins;
            using Twisted;

            return TwistdApplication.Of(_ => args[0] switch
            {
                "defect" => new Defect(),
                "slow" => new Slow(),
                _ => new Stubborn(),
            });

            class Defect : Service
            {
                public override Deferred StartService() => throw new ApplicationException("Nobody expects it.");
            }

            class Slow : Service
            {
                public override Deferred StartService()
                {
                    System.IO.File.WriteAllText("started", "");
                    return new Deferred();
                }
            }

            class Stubborn : Service
            {
                public override Deferred StopService() => new Deferred();
            }
            """);

        public void Dispose() => _folder.Delete(recursive: true);

        internal string PathTo(string file) => Path.Combine(_folder.FullName, file);

        internal Task<RunningProgram> Run(string kind) => Tool.Start(
            "-n", "--rundir", _folder.FullName, "--pidfile", "odd.pid", "run", PathTo("odd.cs"), "--", kind);

        internal async Task Appears(string file)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
            while (!File.Exists(PathTo(file)))
                await tick.WaitForNextTickAsync(limit.Token);
        }
    }
}
