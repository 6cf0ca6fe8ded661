using System.Runtime.Versioning;

namespace Interop.Tests;

/// <summary>The script ./twistd in a small tree of its own, with a compiler that only counts.</summary>
[SupportedOSPlatform("linux")]
public sealed class FirstStartTests : IDisposable
{
    private readonly string _tree = Directory.CreateTempSubdirectory("twistd-").FullName;

    public FirstStartTests()
    {
        Directory.CreateDirectory(In("src/Twistd"));
        Directory.CreateDirectory(In("bin"));
        File.WriteAllText(In("src/Twistd/Program.cs"), "// a source\n");
        File.WriteAllText(In("Directory.Build.props"), "<Project />\n");
        File.WriteAllText(In("global.json"), "{}\n");
        File.Copy(PathOf("twistd"), In("twistd"));
        Script("bin/dotnet",
            """
            #!/bin/bash
            root=$(dirname "$(dirname "$(readlink -f "$0")")")
            echo "$1" >> "$root/builds"
            [[ -e $root/broken ]] && { echo "error CS0000: broken"; exit 1; }
            mkdir -p "$root/artifacts/bin/Twistd/release"
            printf '#!/bin/bash\necho "tool: $*"\n' > "$root/artifacts/bin/Twistd/release/twistd.new"
            chmod +x "$root/artifacts/bin/Twistd/release/twistd.new"
            mv "$root/artifacts/bin/Twistd/release/twistd.new" "$root/artifacts/bin/Twistd/release/twistd"

            """);
    }

    [Fact]
    public async Task Several_first_starts_at_once_build_once()
    {
        RunningProgram[] starts = [.. Enumerable.Range(0, 5).Select(i => Start($"{i}", "two words"))];
        for (int i = 0; i < starts.Length; i++)
        {
            await using RunningProgram start = starts[i];
            Assert.Equal($"tool: {i} two words\n", await start.Succeeds());
        }
        Assert.Equal(1, Builds);
    }

    [Fact]
    public async Task It_builds_again_when_a_source_has_changed_and_only_then()
    {
        await Succeeds();
        await Succeeds();
        Assert.Equal(1, Builds);
        File.SetLastWriteTimeUtc(In("src/Twistd/Program.cs"), DateTime.UtcNow.AddSeconds(1));
        await Succeeds();
        Assert.Equal(2, Builds);
    }

    [Fact]
    public async Task A_build_that_fails_says_why_and_is_tried_again()
    {
        File.WriteAllText(In("broken"), "");
        await using (RunningProgram start = Start("echo"))
        {
            Assert.Equal("", await start.Succeeds(exitCode: 1));
            Assert.Contains("error CS0000: broken", start.Errors, StringComparison.Ordinal);
        }
        File.Delete(In("broken"));
        await Succeeds();
        Assert.Equal(2, Builds);
    }

    public void Dispose() => Directory.Delete(_tree, recursive: true);

    private int Builds => File.ReadAllLines(In("builds")).Count(line => line == "build");

    private async Task Succeeds()
    {
        await using RunningProgram start = Start("--help");
        Assert.Equal("tool: --help\n", await start.Succeeds());
    }

    private RunningProgram Start(params string[] arguments) => RunningProgram.Start(
        ["env", $"PATH={In("bin")}:{Environment.GetEnvironmentVariable("PATH")}", In("twistd"), .. arguments]);

    private string In(string relative) => Path.Combine(_tree, relative);

    private void Script(string relative, string text)
    {
        File.WriteAllText(In(relative), text.ReplaceLineEndings("\n"));
        File.SetUnixFileMode(In(relative),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
