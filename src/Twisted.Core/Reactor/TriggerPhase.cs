namespace Twisted.Internet;

/// <summary>When a trigger runs, seen from its event.</summary>
public enum TriggerPhase
{
    /// <summary>First. Deferreds that these triggers return are waited for, all of them.</summary>
    Before,

    /// <summary>With the event itself: at shutdown connections are closed in this phase.</summary>
    During,

    /// <summary>Last.</summary>
    After,
}
