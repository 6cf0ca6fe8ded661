namespace Twisted.Application;

/// <summary>
/// Something that starts and stops: a server, a client, a timer, or a tree of such. Twisted: <c>IService</c>.
/// </summary>
/// <remarks>Reactor thread only. Users derive from <see cref="Service"/>.</remarks>
public interface IService
{
    /// <summary>Its name among its siblings; null for none. Twisted: <c>setName</c>.</summary>
    string? Name { get; }

    /// <summary>Whether it was started and not stopped since.</summary>
    bool IsRunning { get; }

    /// <summary>The tree it is part of; null while it is part of none.</summary>
    MultiService? Parent { get; }

    /// <summary>
    /// Becomes part of a tree, and leaves the one before. In a tree that runs it is started. Twisted:
    /// <c>setServiceParent</c>, and <c>disownServiceParent</c> for null.
    /// </summary>
    /// <param name="parent">The tree; null to leave and be stopped.</param>
    /// <returns>Fires when it has started in the new tree, or has stopped.</returns>
    /// <exception cref="InvalidOperationException">
    /// The tree has a service of that name already, or is part of this one.
    /// </exception>
    Deferred SetParent(MultiService? parent);

    /// <summary>
    /// What needs rights that the process is about to give up, such as a port below 1024. Comes before
    /// <see cref="StartService"/>, once.
    /// </summary>
    /// <returns>Fires when that is done; fails when it cannot be had.</returns>
    Deferred PrivilegedStartService();

    /// <summary>Starts.</summary>
    /// <returns>Fires when it runs; fails when it cannot.</returns>
    Deferred StartService();

    /// <summary>Stops, having finished what it does.</summary>
    /// <returns>Fires when it has stopped.</returns>
    Deferred StopService();
}
