namespace Twisted.Testing;

/// <summary>What has to be so in a simulation: a check throws a <see cref="SimulationException"/> otherwise.</summary>
public sealed class SimulationChecks
{
    private readonly SimulatedWorld _world;

    internal SimulationChecks(SimulatedWorld world) => _world = world;

    /// <summary>Something is so now.</summary>
    /// <param name="holds">Whether it is.</param>
    /// <param name="what">What.</param>
    public void That(bool holds, string what)
    {
        if (!holds)
            throw new SimulationException($"After {_world.Now} it is not so that {what}.");
    }

    /// <summary>Something is so from now on, after each step of any host.</summary>
    /// <param name="holds">Says whether it is.</param>
    /// <param name="what">What.</param>
    public void Always(Func<bool> holds, string what)
    {
        ArgumentNullException.ThrowIfNull(holds);
        _world.AfterStep += () => That(holds(), what);
    }

    /// <summary>A Deferred has fired, with a value or a failure.</summary>
    /// <param name="deferred">The Deferred.</param>
    public void Fired(Deferred deferred)
    {
        ArgumentNullException.ThrowIfNull(deferred);
        That(deferred.IsFired, "the Deferred has fired");
    }

    /// <summary>
    /// No connection, timer, attempt to connect or failed Deferred that nobody looked at is left on any host. Ports
    /// that listen may be.
    /// </summary>
    public void NoLeaks()
    {
        string[] left =
            [.. _world.Hosts.SelectMany(host => host.Leftovers().Select(line => $"{host.Name}: {line}")).Take(20)];
        if (left.Length > 0)
            throw new SimulationException($"Left behind:\n  {string.Join("\n  ", left)}");
    }

    /// <summary>
    /// Every byte that was written was sent, is still waiting, or was dropped with a connection that broke; and of each
    /// connection that ended well every byte arrived.
    /// </summary>
    public void BytesConserved()
    {
        foreach (SimulatedHost host in _world.Hosts)
            host.CheckBytes();
        foreach (SimulatedSocket socket in _world.Sockets)
            socket.CheckBytes();
    }

    /// <summary>No exception was left to nobody, but those that the simulation throws itself.</summary>
    public void NothingUnhandled()
    {
        foreach (SimulatedHost host in _world.Hosts)
        {
            if (host.Unhandled is [var first, ..])
                throw new SimulationException($"{host.Name}: {first.Source} failed: {first.Exception}");
        }
    }
}
