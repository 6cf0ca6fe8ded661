namespace Twisted.Channels;

/// <summary>What became of a message that was sent.</summary>
internal enum MessageAnswer : byte
{
    Taken = 0,
    NoSubscriber = 1,
    Failed = 2,
    Busy = 3,
}
