using System.Globalization;
using System.Security.Cryptography;

namespace Twisted.Channels.Nats;

/// <summary>Requests that wait for answers: one subscription for all of them, a subject of its own for each.</summary>
internal sealed class NatsRequests
{
    /// <summary>So that nobody answers who was not asked: the subject is as hard to guess as a key.</summary>
    private const int Chance = 16;

    private readonly NatsClient _client;
    private readonly string _inbox = "_INBOX." + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Chance)) + ".";
    private readonly Dictionary<long, Waiting> _waiting = [];
    private IDisposable? _subscription;
    private long _next;

    internal NatsRequests(NatsClient client) => _client = client;

    internal int Count => _waiting.Count;

    /// <summary>Another one waits.</summary>
    /// <param name="subject">Of the request.</param>
    /// <param name="patience">How long.</param>
    /// <param name="replyTo">Where its answer has to go.</param>
    internal Deferred<byte[]> Add(string subject, TimeSpan patience, out string replyTo)
    {
        _subscription ??= _client.Subscribe(_inbox + "*", Answered);
        long number = _next++;
        replyTo = _inbox + number.ToString(CultureInfo.InvariantCulture);
        var answer = new Deferred<byte[]>(_ => Take(number));
        IDelayedCall deadline = _client.Clock.CallLater(patience, () => Expire(number, patience));
        _waiting.Add(number, new Waiting(answer, subject, deadline));
        return answer;
    }

    /// <summary>There will be no answers on this connection.</summary>
    internal void Fail(Func<Exception> reason)
    {
        foreach (long number in _waiting.Keys.ToArray())
            Take(number)?.Answer.Errback(reason());
    }

    private void Answered(NatsMessage message)
    {
        ReadOnlySpan<byte> number = message.SubjectBytes[_inbox.Length..];
        if (!NatsWire.TryNumber(number, out long known) || Take(known) is not { } waiting)
            return; // a second answer, or one that has come too late
        if (message.IsNoResponders)
            waiting.Answer.Errback(new NatsNoRespondersException(waiting.Subject));
        else
            waiting.Answer.Callback(message.Payload.ToArray());
    }

    private void Expire(long number, TimeSpan patience)
    {
        if (Take(number) is { } waiting)
            waiting.Answer.Errback(new TimeoutException(
                $"Nobody has answered the request to '{waiting.Subject}' within {patience}; it may have arrived."));
    }

    private Waiting? Take(long number)
    {
        if (!_waiting.Remove(number, out Waiting? waiting))
            return null;
        waiting.Deadline.Cancel();
        _client.Finished();
        return waiting;
    }

    private sealed record Waiting(Deferred<byte[]> Answer, string Subject, IDelayedCall Deadline);
}
