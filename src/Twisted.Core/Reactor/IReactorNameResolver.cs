namespace Twisted.Internet;

/// <summary>
/// The resolver behind <see cref="IReactorNames"/> and every connection by name; it can be replaced. Reactor thread
/// only, or before the reactor runs. Asked for with <c>is</c>. Twisted: <c>IReactorPluggableNameResolver</c>.
/// </summary>
public interface IReactorNameResolver
{
    /// <summary>The resolver in use: the operating system's, unless another one was installed.</summary>
    INameResolver NameResolver { get; }

    /// <summary>Puts another resolver in its place. Lookups that have begun are not touched.</summary>
    /// <param name="resolver">
    /// It is asked for names only, never for addresses; a lookup of more than 30 seconds is given up.
    /// </param>
    /// <returns>The one that was there: put it back, or ask it for what yours does not know.</returns>
    INameResolver InstallNameResolver(INameResolver resolver);
}
