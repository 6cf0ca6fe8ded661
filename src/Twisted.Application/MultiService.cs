using System.Runtime.ExceptionServices;

namespace Twisted.Application;

/// <summary>Services that start in order and stop in reverse, as one. Twisted: <c>MultiService</c>.</summary>
/// <remarks>
/// Reactor thread only. When one cannot start, those before it are stopped again, and the failure is the tree's:
/// nothing is left half started. Stopping asks all at once, the last first, and waits for all.
/// </remarks>
public class MultiService : Service, IRetirable, IReloadable
{
    private readonly List<IService> _services = [];
    private bool _hasPrivileges; // PrivilegedStartService was called and nothing has stopped since

    /// <summary>The services, in the order in which they start.</summary>
    public IReadOnlyList<IService> Services => _services;

    /// <summary>The service of a name. Twisted: <c>getServiceNamed</c>.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public IService this[string name] => _services.Find(service => service.Name == name)
        ?? throw new KeyNotFoundException($"There is no service '{name}' in {this}. There are: {Names()}.");

    /// <summary>Puts a service into this tree. Twisted: <c>addService</c>.</summary>
    /// <param name="service">The service; it leaves the tree that it is part of.</param>
    /// <returns>Fires at once, or, if this tree runs, when the service does.</returns>
    /// <exception cref="InvalidOperationException">There is one of that name already.</exception>
    public Deferred AddService(IService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        EnsureTakes(service);
        return service.SetParent(this);
    }

    /// <summary>Takes a service out, which stops it. Twisted: <c>removeService</c>.</summary>
    /// <param name="service">The service.</param>
    /// <returns>Fires when it has stopped.</returns>
    /// <exception cref="ArgumentException">It is not here.</exception>
    public Deferred RemoveService(IService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return _services.Contains(service)
            ? service.SetParent(null)
            : throw new ArgumentException($"{service} is not one of the services of {this}.", nameof(service));
    }

    /// <inheritdoc/>
    public override async Deferred PrivilegedStartService()
    {
        _hasPrivileges = true;
        await InOrder(service => service.PrivilegedStartService());
    }

    /// <inheritdoc/>
    public override async Deferred StartService()
    {
        await base.StartService();
        await InOrder(service => service.StartService());
    }

    /// <inheritdoc/>
    public override async Deferred StopService()
    {
        _hasPrivileges = false;
        await base.StopService();
        await All(_services, service => service.StopService());
    }

    /// <inheritdoc/>
    public async Deferred Retire()
    {
        await All(_services, service => service is IRetirable able ? able.Retire() : service.StopService());
        await StopService();
    }

    /// <summary>Asks every service below that is able to.</summary>
    /// <returns>Fires when all have done it.</returns>
    public Deferred Reload() => All(_services.Where(service => service is IReloadable),
        service => ((IReloadable)service).Reload());

    /// <summary>Throws when a service cannot become part of this.</summary>
    internal void EnsureTakes(IService service)
    {
        for (MultiService? above = this; above is not null; above = above.Parent)
        {
            if (ReferenceEquals(above, service))
                throw new InvalidOperationException($"{service} is above {this} already: a tree has no circles.");
        }
        if (service.Name is { } name && _services.Exists(other => other.Name == name && other != service))
            throw new InvalidOperationException(
                $"{this} has a service '{name}' already. Give this one another name, or remove that one first.");
    }

    internal async Deferred Adopt(IService service)
    {
        _services.Add(service);
        if (_hasPrivileges || IsRunning)
            await service.PrivilegedStartService();
        if (IsRunning)
            await service.StartService();
    }

    internal async Deferred Disown(IService service)
    {
        _services.Remove(service);
        if (_hasPrivileges || IsRunning)
            await service.StopService();
    }

    private async Deferred InOrder(Func<IService, Deferred> start)
    {
        IService[] services = [.. _services]; // one that starts may add others: these are started on their own
        for (int i = 0; i < services.Length; i++)
        {
            if (services[i].Parent != this)
                continue; // has left meanwhile
            try
            {
                await start(services[i]);
            }
            catch (Exception)
            {
                await base.StopService();
                _hasPrivileges = false;
                await All(services[..(i + 1)], service => service.StopService());
                throw;
            }
        }
    }

    /// <summary>All are asked, the last first, whatever becomes of the others.</summary>
    private static async Deferred All(IEnumerable<IService> services, Func<IService, Deferred> ask)
    {
        Deferred[] asked = [.. services.Reverse().Select(service => Deferred.Try(() => ask(service)))];
        var failures = new List<Exception>();
        foreach (Deferred one in asked)
        {
            try
            {
                await one;
            }
            catch (Exception failure)
            {
                failures.Add(failure);
            }
        }
        if (failures is [var only])
            ExceptionDispatchInfo.Throw(only);
        if (failures.Count > 0)
            throw new AggregateException("Some services did not do as they should.", failures);
    }

    private string Names() => string.Join(", ", _services.Select(service => service.Name).OfType<string>());
}
