namespace Twisted.Application;

/// <summary>The base of services: a name, a place in a tree, whether it runs. Twisted: <c>Service</c>.</summary>
/// <remarks>Reactor thread only. An override of a method calls the base's.</remarks>
public abstract class Service : IService
{
    /// <inheritdoc/>
    public string? Name { get; init; }

    /// <inheritdoc/>
    public bool IsRunning { get; private set; }

    /// <inheritdoc/>
    public MultiService? Parent { get; private set; }

    /// <inheritdoc/>
    public async Deferred SetParent(MultiService? parent)
    {
        if (Parent == parent)
            return;
        parent?.EnsureTakes(this); // before anything changes
        if (Parent is { } before)
        {
            Parent = null;
            await before.Disown(this);
        }
        if (parent is null)
            return;
        Parent = parent;
        await parent.Adopt(this);
    }

    /// <inheritdoc/>
    public virtual Deferred PrivilegedStartService() => Deferred.Succeed();

    /// <inheritdoc/>
    public virtual Deferred StartService()
    {
        IsRunning = true;
        return Deferred.Succeed();
    }

    /// <inheritdoc/>
    public virtual Deferred StopService()
    {
        IsRunning = false;
        return Deferred.Succeed();
    }

    /// <summary>Its name, or what it is; for the log.</summary>
    public override string ToString() => Name ?? GetType().Name;
}
