using System.Globalization;
using System.Runtime.InteropServices;

namespace Packages.Tests;

/// <summary>
/// A user's machine: a folder outside this repository, with a cache of packages that is empty at first, and all that
/// the tests need built in one go. What NuGet is told elsewhere on this machine holds here too; our folders are added.
/// </summary>
public sealed class Workspace : IAsyncLifetime
{
    /// <summary>The test collection of those who share one.</summary>
    public const string Name = "workspace";

    /// <summary>No using line of ours: the package brings them. One mistake, which its rules have to find.</summary>
    private const string EchoProgram = """
        using Twisted.Protocols.Wire;

        return Reactor.Run(async reactor =>
        {
            await using IListeningPort port = await Endpoints.Server(reactor, "tcp:0:interface=127.0.0.1")
                .Listen(() => new Echo());
            Console.WriteLine($"Listening on port {port.Host.Port}");
            await Deferred.Never();
        });

        sealed class Careless : Protocol
        {
            protected override async void ConnectionMade() => await Deferred.Never();
        }
        """;

    private const string OlderFeed = "older";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5); // packages come over the network

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("twisted-packages-");

    /// <summary>What the build of all programs has said.</summary>
    public string BuildLog { get; private set; } = "";

    /// <summary>The version that came before, for those who still have it.</summary>
    public static string Older => "0.0.9";

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="twisted" value="{Feed.Folder}" />
                <add key="twisted-older" value="{PathOf(OlderFeed)}" />
              </packageSources>
            </configuration>
            """);
        Directory.CreateDirectory(PathOf(OlderFeed));
        Directory.CreateDirectory(PathOf("data"));
        Write("Echo/Echo.csproj", Project("<OutputType>Exe</OutputType>", ("Twisted", Feed.Version)));
        Write("Echo/Program.cs", EchoProgram);

        await Template("twisted-server", "my-server");
        await Template("twisted-protocol", "Pings");
        await Template("twisted-plugin", "Greetings", "--command", "welcome");
        Write("All.slnx", """
            <Solution>
              <Project Path="Echo/Echo.csproj" />
              <Project Path="my-server/my-server.csproj" />
              <Project Path="Pings/Pings/Pings.csproj" />
              <Project Path="Pings/Pings.Tests/Pings.Tests.csproj" />
              <Project Path="Greetings/Greetings.csproj" />
            </Solution>
            """);
        BuildLog = await Succeed("dotnet", "build", "All.slnx", "-c", "Release", "--nologo", "-v:minimal");
        await Succeed("dotnet", "tool", "install", "Twistd", "--tool-path", PathOf("tools"), "--version", Feed.Version);
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>The full path of something in this folder.</summary>
    public string PathOf(string relative) => Path.Combine(_folder.FullName, relative);

    /// <summary>The command that runs the installed tool.</summary>
    public string[] Tool(params string[] arguments) => [PathOf("tools/twistd"), .. arguments];

    /// <summary>Writes a file of a user's.</summary>
    public void Write(string relative, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relative))!);
        File.WriteAllText(PathOf(relative), text);
    }

    /// <summary>A project that has these packages.</summary>
    public static string Project(string properties, params (string Id, string Version)[] packages)
    {
        IEnumerable<string> references = packages.Select(package =>
            $"""    <PackageReference Include="{package.Id}" Version="{package.Version}" />""");
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                {properties}
              </PropertyGroup>
              <ItemGroup>
            {string.Join('\n', references)}
              </ItemGroup>
            </Project>
            """;
    }

    /// <summary>Starts a command of this user, in this folder.</summary>
    public RunningProgram Start(params string[] command)
    {
        string sdk = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        string[] environment =
        [
            "-u", "CI",
            $"NUGET_PACKAGES={PathOf("cache")}",
            $"XDG_DATA_HOME={PathOf("data")}", // programs of one file are built there
            $"DOTNET_ROOT={sdk}",
            "DOTNET_CLI_TELEMETRY_OPTOUT=1",
            "DOTNET_NOLOGO=1",
            "DOTNET_CLI_UI_LANGUAGE=en",
            "MSBUILDDISABLENODEREUSE=1", // nobody stays behind
            "DOTNET_CLI_USE_MSBUILD_SERVER=0",
            "UseSharedCompilation=false",
        ];
        RunningProgram program = RunningProgram.Start(_folder.FullName, ["env", .. environment, .. command]);
        program.Deadline = Patience;
        return program;
    }

    /// <summary>Runs a command to its end.</summary>
    /// <returns>Its exit code, and all that it has said.</returns>
    public async Task<(int ExitCode, string Said)> Run(params string[] command)
    {
        await using RunningProgram program = Start(command);
        program.CloseInput();
        int exitCode = await program.Exit();
        return (exitCode, program.Output + program.Errors);
    }

    /// <summary>Runs a command that has to succeed.</summary>
    /// <returns>All that it has said.</returns>
    public async Task<string> Succeed(params string[] command)
    {
        (int exitCode, string said) = await Run(command);
        Assert.True(exitCode == 0, string.Create(CultureInfo.InvariantCulture,
            $"Exit code {exitCode} of {string.Join(' ', command)}\n{said}"));
        return said;
    }

    /// <summary>Starts a server, and waits until it says where it listens.</summary>
    public Task<Server> Listen(params string[] command) => Server.Of(Start(command));

    /// <summary>Packs the same once more by an older version, unless it is done; nothing is built for it.</summary>
    public async Task PackOlder()
    {
        if (Directory.GetFiles(PathOf(OlderFeed)).Length == 0)
        {
            await Succeed("dotnet", "pack", Repository.PathOf("src/Packages.proj"), "-c", "Release", "--no-build",
                "--nologo", "-v:quiet", $"-p:VersionPrefix={Older}", "-o", PathOf(OlderFeed));
        }
    }

    private async Task Template(string template, string name, params string[] options)
    {
        string[] hive = ["--debug:custom-hive", PathOf("hive")]; // this user's own templates stay as they are
        if (!Directory.Exists(hive[1]))
            await Succeed(["dotnet", "new", "install", Feed.Find("Twisted.Templates").Path, .. hive]);
        await Succeed(["dotnet", "new", template, "-n", name, "-o", PathOf(name), .. options, .. hive]);
    }
}

/// <summary>One workspace for all: it takes a while.</summary>
[CollectionDefinition(Workspace.Name)]
public class WorkspaceCollection : ICollectionFixture<Workspace>;
