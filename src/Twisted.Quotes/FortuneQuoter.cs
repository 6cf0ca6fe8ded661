namespace Twisted.Quotes;

/// <summary>
/// A random quote of a random file, in the format of <c>fortune</c>: quotes separated by lines that are just <c>%</c>.
/// Twisted's tutorial: <c>FortuneQuoter</c>.
/// </summary>
/// <remarks>
/// The files are read once, when it is made: a mistake in them is known before anybody asks, and nobody waits for a
/// disk. Asking is for one thread at a time unless the source of chance is for several.
/// </remarks>
public sealed class FortuneQuoter : IQuoter
{
    private readonly IReadOnlyList<string>[] _files;
    private readonly Random _random;

    /// <summary>Reads the files.</summary>
    /// <param name="files">Their paths; each is as likely as another, whatever its length.</param>
    /// <param name="random">The source of chance: with a seed, the quotes are always the same.</param>
    /// <exception cref="ArgumentException">There are no files.</exception>
    /// <exception cref="FormatException">
    /// A file has no quote in it, is longer than <see cref="FortuneFile.MaxLength"/>, or is no text in UTF-8.
    /// </exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read, or is a folder.</exception>
    public FortuneQuoter(IReadOnlyCollection<string> files, Random random)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(random);
        if (files.Count == 0)
            throw new ArgumentException("Quotes are taken from one file at least.", nameof(files));
        _files = [.. files.Select(FortuneFile.Read)];
        _random = random;
    }

    /// <inheritdoc/>
    public string GetQuote()
    {
        IReadOnlyList<string> quotes = _files[_random.Next(_files.Length)];
        return quotes[_random.Next(quotes.Count)];
    }
}
