namespace Twisted.Internet;

/// <summary>A lookup that is under way. Twisted: <c>IHostResolution</c>.</summary>
public interface IHostResolution
{
    /// <summary>The name that is looked up.</summary>
    string Name { get; }

    /// <summary>Ends it: the receiver hears nothing more. Safe to repeat, and after the end.</summary>
    void Cancel();
}
