namespace Twisted.Channels.Nats;

/// <summary>Which subjects we send: no blank or line end ever reaches the wire in one.</summary>
/// <remarks>Printable ASCII only, as NATS advises, though servers take more.</remarks>
internal static class NatsSubject
{
    /// <summary>Far below the 4,096 bytes that a server reads as one line, with another subject behind it.</summary>
    internal const int Longest = 1024;

    /// <summary>Refuses what is no subject of one message.</summary>
    internal static void EnsureConcrete(string subject)
    {
        Ensure(subject);
        if (subject.AsSpan().ContainsAny('*', '>'))
        {
            throw new ArgumentException(
                $"'{subject}' is no subject for a message: '*' and '>' are for subscriptions.", nameof(subject));
        }
    }

    /// <summary>Refuses what is no subject of a subscription: a word may be '*', and the last one '>'.</summary>
    internal static void EnsurePattern(string subject)
    {
        Ensure(subject);
        foreach (Range range in subject.AsSpan().Split('.'))
        {
            ReadOnlySpan<char> word = subject.AsSpan(range);
            if (word.Length > 1 && word.ContainsAny('*', '>') || word is ">" && range.End.Value != subject.Length)
            {
                throw new ArgumentException($"'{subject}' is no subject: '*' stands for one whole word, and '>' for "
                    + "one or more words at the end.", nameof(subject));
            }
        }
    }

    /// <summary>Refuses what is no name of a queue group.</summary>
    internal static void EnsureQueueGroup(string group) => Ensure(group);

    private static void Ensure(string subject)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        if (subject.Length > Longest || subject.AsSpan().ContainsAnyExceptInRange('!', '~')
            || subject[0] == '.' || subject[^1] == '.' || subject.Contains("..", StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{Shown(subject)}' is no subject: it has words of printable ASCII without "
                + $"blanks, with '.' between them, and at most {Longest} bytes.", nameof(subject));
        }
    }

    private static string Shown(string subject) =>
        string.Concat(subject.Take(64).Select(c => c is >= ' ' and <= '~' ? c : '?'));
}
