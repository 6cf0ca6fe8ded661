using System.Diagnostics;
using Twisted.Processes;

namespace Twisted.Tests;

/// <summary>
/// Two processes, each with a network of its own, and a cable between them that can be cut. Nobody else sees these
/// networks, and the system removes them with their processes: they have no names that could be left behind.
/// </summary>
internal sealed class TwoHosts : IDisposable
{
    /// <summary>What makes networks, and what cuts the cable.</summary>
    internal const string Firewall = "nft";

    /// <summary>What starts a process in a network of its own, or enters one.</summary>
    internal const string Unshare = "unshare";

    private const string ServersAddress = "10.77.0.1";
    private const string ClientsAddress = "10.77.0.2";

    /// <summary>Starts both.</summary>
    /// <param name="kind">Their reactors.</param>
    /// <param name="settings">Arguments of the server's endpoint string.</param>
    internal TwoHosts(ReactorKind kind, string settings)
    {
        // The cable is plugged in before .NET starts: the address has to be there to listen on.
        const string plugged = "ip link set lo up; echo here; read -r plugged";
        Server = new HostProcess($"service {kind} tcp:0:interface={ServersAddress}{settings}", plugged, Unshare, "-n");
        Client = new HostProcess($"service {kind} tcp:0:interface=127.0.0.1", plugged, Unshare, "-n");
        try
        {
            Assert.Equal(("here", "here"), (Server.ReadLine(), Client.ReadLine()));
            Run(Server.Id, Peers.Ip, "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns",
                $"{Client.Id}");
            Plug(Server.Id, ServersAddress);
            Plug(Client.Id, ClientsAddress);
            Server.Tell("plugged");
            Client.Tell("plugged");
            Port = Server.ReadLine();
            Client.ReadLine();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal HostProcess Server { get; }

    internal HostProcess Client { get; }

    internal string Port { get; }

    /// <summary>Lets the client connect.</summary>
    /// <param name="settings">Arguments of its endpoint string.</param>
    internal void Connect(string settings = "") =>
        Assert.Equal("made", Client.Ask($"client tcp:{ServersAddress}:{Port}{settings}"));

    /// <summary>From now on nothing arrives, either way, and nobody is told.</summary>
    internal void Cut() => Drop("drop");

    /// <summary>
    /// From now on one packet of so many gets lost on the way to each, the first of them soon. By count and not by
    /// chance: the system sends a megabyte in so few packets that chance may spare all of them.
    /// </summary>
    internal void LoseOneOf(int packets) => Drop($"numgen inc mod {packets} == 5 counter drop");

    /// <summary>Packets that got lost so far.</summary>
    internal int Lost() => new[] { Server.Id, Client.Id }.Sum(host =>
    {
        string[] words = Run(host, Firewall, "list", "ruleset").Split(' ', StringSplitOptions.TrimEntries);
        return int.Parse(words[Array.IndexOf(words, "packets") + 1]);
    });

    /// <summary>Everything arrives again.</summary>
    internal void Heal()
    {
        foreach (HostProcess host in (HostProcess[])[Server, Client])
            Run(host.Id, Firewall, "flush", "ruleset");
    }

    public void Dispose()
    {
        Server.Dispose();
        Client.Dispose();
    }

    private void Drop(string rule)
    {
        foreach (HostProcess host in (HostProcess[])[Server, Client])
        {
            Run(host.Id, Firewall, "add table inet cable; "
                + "add chain inet cable arriving { type filter hook input priority 0; }; "
                + $"add rule inet cable arriving iifname cable {rule}");
        }
    }

    private static void Plug(int host, string address)
    {
        Run(host, Peers.Ip, "address", "add", $"{address}/24", "dev", "cable");
        Run(host, Peers.Ip, "link", "set", "cable", "up");
    }

    private static bool IsElsewhere(int process) =>
        new FileInfo($"/proc/{process}/ns/net").LinkTarget != new FileInfo("/proc/self/ns/net").LinkTarget;

    /// <summary>Runs a command in the network of a process, never in this machine's own.</summary>
    private static string Run(int host, params string[] command)
    {
        Assert.True(IsElsewhere(host), $"The process {host} has no network of its own.");
        using Process process = Process.Start(new ProcessStartInfo("nsenter",
            ["-t", $"{host}", "-n", .. command])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{string.Join(' ', command)}: {errors}");
    }
}
