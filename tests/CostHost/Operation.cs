namespace Twisted.Costs;

/// <summary>Something whose cost is recorded.</summary>
/// <param name="Name">As it stands in the record.</param>
/// <param name="Count">How often a run does it.</param>
/// <param name="Run">Does it, and calls back when that is done, at once or later; reactor thread.</param>
internal sealed record Operation(string Name, int Count, Action<Action> Run)
{
    /// <summary>Nothing. Its section has no name, so it is none.</summary>
    internal static Operation Empty { get; } = AtOnce("", 0, static () => { });

    /// <summary>One that is done when it returns.</summary>
    internal static Operation AtOnce(string name, int count, Action once) => new(name, count, done =>
    {
        for (int i = 0; i < count; i++)
            once();
        done();
    });
}
