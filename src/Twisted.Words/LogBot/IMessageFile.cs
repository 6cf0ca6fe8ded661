namespace Twisted.Words;

/// <summary>A file that is appended to. It is what a <see cref="MessageLog"/> knows of the disk.</summary>
internal interface IMessageFile : IDisposable
{
    /// <summary>Whether its last line was cut off when it was opened.</summary>
    bool IsTorn { get; }

    /// <summary>Whether its name is this file still: somebody may have moved or removed it.</summary>
    bool IsStillNamed { get; }

    /// <summary>Appends bytes, in one write if the disk takes them so.</summary>
    /// <param name="bytes">What to append.</param>
    /// <param name="failure">Why not all was taken; null when it was.</param>
    /// <returns>How many were taken.</returns>
    int Append(ReadOnlySpan<byte> bytes, out Exception? failure);
}
