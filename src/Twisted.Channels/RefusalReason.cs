namespace Twisted.Channels;

/// <summary>Why a message that has arrived was not taken.</summary>
public enum RefusalReason
{
    /// <summary>Nobody takes the messages of that service there.</summary>
    NoSubscriber = 1,

    /// <summary>The receiver has failed; its node's log says how. It may have done a part of its work.</summary>
    Failed = 2,

    /// <summary>Too many messages are with that node's receivers already. It was not begun.</summary>
    Busy = 3,
}
