namespace Twisted.Internet;

/// <summary>What triggers can be added to.</summary>
public enum SystemEvent
{
    /// <summary>The loop starts.</summary>
    Startup,

    /// <summary>The loop was told to stop.</summary>
    Shutdown,
}
