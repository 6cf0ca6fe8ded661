namespace Twisted.Testing;

/// <summary>The ways in which a network may cut a byte string: a parser must not care.</summary>
public static class EverySplit
{
    // All ways to cut 12 bytes are 2,048; with each further byte they double.
    private const int Exhaustible = 12;

    /// <summary>
    /// Every way to cut the bytes into up to <paramref name="pieces"/> pieces, and into pieces of one byte; for 12
    /// bytes and less every way there is.
    /// </summary>
    /// <param name="data">The bytes.</param>
    /// <param name="pieces">2 tries every single cut. The number of ways is of the order length^(pieces - 1).</param>
    /// <returns>Each way once: its pieces in order, none of them empty.</returns>
    public static IEnumerable<IReadOnlyList<byte[]>> Of(byte[] data, int pieces = 2)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(pieces, 1);
        return Splits(data, data.Length <= Exhaustible ? Math.Max(pieces, data.Length) : pieces);
    }

    /// <summary>Runs a check for every way of <see cref="Of"/>; a failure says which way it was.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="check">Is given the pieces; throws when it is not content.</param>
    /// <param name="pieces">As in <see cref="Of"/>.</param>
    /// <exception cref="InvalidOperationException">A check has thrown; the cause is inside.</exception>
    public static void Check(byte[] data, Action<IReadOnlyList<byte[]>> check, int pieces = 2)
    {
        ArgumentNullException.ThrowIfNull(check);
        foreach (IReadOnlyList<byte[]> split in Of(data, pieces))
        {
            try
            {
                check(split);
            }
            catch (Exception failure)
            {
                string sizes = string.Join('+', split.Select(piece => piece.Length));
                throw new InvalidOperationException($"Fails when cut into {sizes} bytes: {failure.Message}", failure);
            }
        }
    }

    private static IEnumerable<IReadOnlyList<byte[]>> Splits(byte[] data, int pieces)
    {
        if (data.Length == 0)
        {
            yield return [];
            yield break;
        }
        foreach (List<byte[]> split in UpTo(data, pieces))
            yield return split;
        if (data.Length > pieces)
            yield return data.Select(b => new[] { b }).ToList();
    }

    private static IEnumerable<List<byte[]>> UpTo(byte[] data, int pieces)
    {
        yield return [data];
        if (pieces == 1)
            yield break;
        for (int cut = 1; cut < data.Length; cut++)
        {
            foreach (List<byte[]> rest in UpTo(data[cut..], pieces - 1))
                yield return [data[..cut], .. rest];
        }
    }
}
