namespace Twisted;

/// <summary>When <see cref="Deferred.List{T}"/> fires, and what becomes of errors.</summary>
[Flags]
public enum DeferredListOptions
{
    /// <summary>Fires when all have a result; errors stay in their chains.</summary>
    None = 0,

    /// <summary>Fires as soon as one has succeeded.</summary>
    FireOnOneCallback = 1,

    /// <summary>Fails with <see cref="FirstErrorException"/> as soon as one has failed.</summary>
    FireOnOneErrback = 2,

    /// <summary>Errors are taken out of their chains, so that they are not reported as unhandled.</summary>
    ConsumeErrors = 4,
}
