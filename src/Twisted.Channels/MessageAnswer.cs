namespace Twisted.Channels;

/// <summary>What became of a message that was sent.</summary>
internal enum MessageAnswer : byte
{
    Taken = 0,
    NoSubscriber = 1,
    Failed = 2,
    Busy = 3,
}

/// <summary>Tells senders.</summary>
internal static class MessageAnswers
{
    /// <summary>Fires what a send has returned, unless it was given up.</summary>
    internal static void Tell(this MessageAnswer answer, Deferred? answered, int node)
    {
        if (answered is null or { IsFired: true })
            return;
        if (answer == MessageAnswer.Taken)
            answered.Callback();
        else
            answered.Errback(new MessageRefusedException(node, (RefusalReason)answer));
    }
}
