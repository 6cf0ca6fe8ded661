namespace Twisted.Channels;

/// <summary>Messages to ourselves: in copies, in the next turn of the loop, as from elsewhere.</summary>
internal sealed class LocalDelivery(Node node)
{
    private readonly Intake _waiting = new(node.Options.HighWaterMark);
    private readonly Intake _intake = new(node.Options.HighWaterMark);
    private readonly Queue<LocalMessage> _queue = [];
    private readonly List<Deferred> _ready = [];

    internal Deferred? Send(string service, ReadOnlySpan<byte> payload, bool wantsAnswer)
    {
        Wire.EnsureName(service);
        Wire.EnsureFits(node.Id, Wire.SendHead + service.Length, payload.Length, node.Options.MaxFrame);
        if (!_waiting.TryEnter(payload.Length))
            return null;
        var answered = new Deferred();
        if (_queue.Count == 0)
            node.Clock.CallLater(TimeSpan.Zero, static local => local.DeliverAll(), this);
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
        Subscriptions subscriptions = node.Subscriptions;
        MessageAnswer? answer = subscriptions.Deliver(subscriptions.Find(message.Service), node.Id, message.Payload,
            _intake, out Deferred<MessageAnswer>? later);
        if (answer is { } known)
            Answer(message, known);
        else
            later!.AddCallback(taken => Answer(message, taken)).Forget();
    }

    private void Answer(LocalMessage message, MessageAnswer answer)
    {
        if (message.Answered is null)
        {
            if (answer is not MessageAnswer.Taken)
                node.Dropped(node.Id, answer);
        }
        else if (message.Answered.IsFired)
            return; // cancelled
        else if (answer == MessageAnswer.Taken)
            message.Answered.Callback();
        else
            message.Answered.Errback(new MessageRefusedException(node.Id, (RefusalReason)answer));
    }

    private sealed record LocalMessage(string Service, byte[] Payload, Deferred? Answered);
}
