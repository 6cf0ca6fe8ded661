namespace Twisted.Internet;

/// <summary>A protocol that keeps bytes it has received and not used yet.</summary>
internal interface IHoldsInput
{
    /// <summary>Whether there are any.</summary>
    bool HasInput { get; }
}
