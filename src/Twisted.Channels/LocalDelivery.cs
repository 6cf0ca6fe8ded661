namespace Twisted.Channels;

/// <summary>Messages to ourselves: in copies, in the next turn of the loop, as from elsewhere.</summary>
/// <param name="id">Our number.</param>
/// <param name="clock">Of the loop.</param>
/// <param name="subscriptions">Ours.</param>
/// <param name="highWaterMark">How many bytes may wait, and be with receivers.</param>
/// <param name="dropped">Is told of posts that were not taken.</param>
internal sealed class LocalDelivery(int id, IReactorTime clock, Subscriptions subscriptions, int highWaterMark,
    Action<int, MessageAnswer> dropped)
{
    private readonly Intake _waiting = new(highWaterMark);
    private readonly Intake _intake = new(highWaterMark);
    private readonly Queue<LocalMessage> _queue = [];
    private readonly List<Deferred> _ready = [];

    /// <summary>Takes a message, whose length and service were checked.</summary>
    /// <returns>Fires with its answer, if that is wanted; null when too much waits already.</returns>
    internal Deferred? Send(string service, ReadOnlySpan<byte> payload, bool wantsAnswer)
    {
        if (!_waiting.TryEnter(payload.Length))
            return null;
        var answered = new Deferred();
        if (_queue.Count == 0)
            clock.CallLater(TimeSpan.Zero, static local => local.DeliverAll(), this);
        _queue.Enqueue(new LocalMessage(service, payload.ToArray(), wantsAnswer ? answered : null));
        return answered;
    }

    internal Deferred WhenReady()
    {
        if (_queue.Count == 0)
            return Deferred.Succeed();
        var ready = new Deferred(gone => _ready.Remove(gone));
        _ready.Add(ready);
        return ready;
    }

    private void DeliverAll()
    {
        LocalMessage[] messages = [.. _queue]; // those that receivers send wait for the next turn
        _queue.Clear();
        foreach (LocalMessage message in messages)
        {
            _waiting.Leave(message.Payload.Length);
            Deliver(message);
        }
        Deferred[] ready = [.. _ready];
        _ready.Clear();
        foreach (Deferred each in ready)
            each.Callback();
    }

    private void Deliver(LocalMessage message)
    {
        MessageAnswer? answer = subscriptions.Deliver(subscriptions.Find(message.Service), id, message.Payload,
            _intake, out Deferred<MessageAnswer>? later);
        if (answer is { } known)
            Answer(message, known);
        else
            later!.AddCallback(taken => Answer(message, taken)).Forget();
    }

    private void Answer(LocalMessage message, MessageAnswer answer)
    {
        if (message.Answered is not null)
            answer.Tell(message.Answered, id);
        else if (answer is not MessageAnswer.Taken)
            dropped(id, answer);
    }

    private sealed record LocalMessage(string Service, byte[] Payload, Deferred? Answered);
}
