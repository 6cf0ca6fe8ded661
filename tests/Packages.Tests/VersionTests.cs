namespace Packages.Tests;

/// <summary>A package installed beside an older one.</summary>
[Collection(Workspace.Name)]
public class VersionTests(Workspace workspace) : IAsyncLifetime
{
    public Task InitializeAsync() => workspace.PackOlder();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task An_older_version_is_restored_and_then_updated()
    {
        (int exitCode, string said) = await Restore("update", ("Twisted.Runtime", Workspace.Older));
        Assert.True(exitCode == 0, said);
        Assert.Contains($"\"Twisted.Core/{Workspace.Older}\"", Assets("update"), StringComparison.Ordinal);

        (exitCode, said) = await Restore("update", ("Twisted.Runtime", Feed.Version));
        Assert.True(exitCode == 0, said);
        Assert.DoesNotContain("warning", said, StringComparison.Ordinal);
        Assert.Contains($"\"Twisted.Core/{Feed.Version}\"", Assets("update"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_Core_under_a_newer_room_is_an_error_that_names_both()
    {
        const string downgrade = "NU1605";
        string said = await Refused(
            "older-core", downgrade, ("Twisted.Core", Workspace.Older), ("Twisted.Runtime", Feed.Version));
        Assert.Contains($"Twisted.Core from {Feed.Version} to {Workspace.Older}", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_room_on_a_newer_Core_is_told_before_it_runs()
    {
        (_, string said) = await Restore(
            "older-room", ("Twisted.Core", Feed.Version), ("Twisted.Runtime", Workspace.Older));
        Assert.Contains("NU1608", said, StringComparison.Ordinal); // outside of what the older one allows
        Assert.Contains($"Twisted.Runtime {Workspace.Older} requires Twisted.Core (= {Workspace.Older})", said,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_rooms_of_two_versions_are_an_error()
    {
        const string conflict = "NU1107";
        string said = await Refused(
            "two-rooms", conflict, ("Twisted.Runtime", Workspace.Older), ("Twisted.Cred", Feed.Version));
        Assert.Contains("Twisted.Core", said, StringComparison.Ordinal);
    }

    private async Task<string> Refused(string name, string code, params (string Id, string Version)[] packages)
    {
        (int exitCode, string said) = await Restore(name, packages);
        Assert.NotEqual(0, exitCode);
        Assert.Contains($"error {code}", said, StringComparison.Ordinal);
        return said;
    }

    private Task<(int ExitCode, string Said)> Restore(string name, params (string Id, string Version)[] packages)
    {
        workspace.Write($"{name}/{name}.csproj", Workspace.Project("", packages));
        return workspace.Run("dotnet", "restore", $"{name}/{name}.csproj");
    }

    private string Assets(string name) => File.ReadAllText(workspace.PathOf($"{name}/obj/project.assets.json"));
}
