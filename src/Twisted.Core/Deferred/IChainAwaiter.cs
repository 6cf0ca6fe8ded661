namespace Twisted;

/// <summary>Lets the method builder hook an async method into the awaited chain without a delegate.</summary>
internal interface IChainAwaiter
{
    /// <summary>The chain that is awaited.</summary>
    Deferred Chain { get; }
}
