namespace Twisted;

/// <summary>
/// A step of a chain. Instances have no state: everything is in the <see cref="Link"/> and its chain.
/// </summary>
internal abstract class LinkKind
{
    /// <summary>Runs the step on a chain that has a result.</summary>
    /// <returns>
    /// Another chain that can go on because of this step, or null. (Never run it here: no recursion.)
    /// </returns>
    internal abstract Deferred? Run(Deferred chain, in Link link);
}
