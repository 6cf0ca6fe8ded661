namespace Twisted.Channels;

/// <summary>How much of one node's is with receivers that have not finished.</summary>
internal sealed class Intake(int limit)
{
    /// <summary>What a message costs besides its bytes: the copy, the Deferred, the receiver's own state.</summary>
    private const int Overhead = 256;

    private long _taken;

    /// <summary>One message may always enter, however long.</summary>
    internal bool TryEnter(int bytes)
    {
        if (_taken > 0 && _taken + bytes + Overhead > limit)
            return false;
        _taken += bytes + Overhead;
        return true;
    }

    internal void Leave(int bytes) => _taken -= bytes + Overhead;
}
