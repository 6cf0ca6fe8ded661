namespace Twisted.Quotes;

/// <summary>Always the same quote. Twisted's tutorial: <c>StaticQuoter</c>.</summary>
/// <param name="quote">The quote.</param>
public sealed class StaticQuoter(string quote) : IQuoter
{
    private readonly string _quote = quote ?? throw new ArgumentNullException(nameof(quote));

    /// <inheritdoc/>
    public string GetQuote() => _quote;
}
