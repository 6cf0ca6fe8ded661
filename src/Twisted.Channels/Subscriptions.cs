using System.Text;
using Microsoft.Extensions.Logging;

namespace Twisted.Channels;

/// <summary>The services of one node.</summary>
internal sealed class Subscriptions
{
    private readonly Dictionary<string, Subscription> _services = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Subscription>.AlternateLookup<ReadOnlySpan<char>> _byName;
    private readonly int _id;
    private readonly ILogger _log;

    internal Subscriptions(int id, ILogger log)
    {
        _id = id;
        _log = log;
        _byName = _services.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    internal IDisposable Add(string service, MessageReceiver receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        return Add(service, end => new Subscription.AtOnce(service, receiver, end));
    }

    internal IDisposable Add(string service, Func<int, ReadOnlyMemory<byte>, Deferred> receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        return Add(service, end => new Subscription.Later(service, receiver, end));
    }

    private Subscription Add(string service, Func<Action<Subscription>, Subscription> make)
    {
        Wire.EnsureName(service);
        Subscription subscription = make(gone =>
        {
            if (_services.GetValueOrDefault(service) == gone) // and not who came after it
                _services.Remove(service);
        });
        if (!_services.TryAdd(service, subscription))
            throw new InvalidOperationException(
                $"Somebody takes the messages of '{service}' already: dispose that subscription first.");
        return subscription;
    }

    internal Subscription? Find(ReadOnlySpan<byte> name)
    {
        Span<char> service = stackalloc char[Wire.LongestName];
        // Other bytes than ASCII become what no name has.
        return _byName.TryGetValue(service[..Encoding.ASCII.GetChars(name, service)], out Subscription? found)
            ? found
            : null;
    }

    internal Subscription? Find(string name) => _services.GetValueOrDefault(name);

    /// <summary>Gives a message to its receiver.</summary>
    /// <param name="to">The receiver's; null when there is none.</param>
    /// <param name="from">The node that has sent it.</param>
    /// <param name="payload">The message.</param>
    /// <param name="intake">That node's.</param>
    /// <param name="later">Fires with what becomes of it, when that is not known yet.</param>
    /// <returns>What became of it; null when <paramref name="later"/> tells.</returns>
    internal MessageAnswer? Deliver(
        Subscription? to, int from, ReadOnlySpan<byte> payload, Intake intake, out Deferred<MessageAnswer>? later)
    {
        later = null;
        if (to is null)
            return MessageAnswer.NoSubscriber;
        if (to.Keeps && !intake.TryEnter(payload.Length))
            return MessageAnswer.Busy;
        Deferred? taking;
        try
        {
            taking = to.Take(from, payload);
        }
        catch (Exception failure)
        {
            if (to.Keeps)
                intake.Leave(payload.Length);
            ChannelLog.ReceiverFailed(_log, failure, _id, to.Service, from);
            return MessageAnswer.Failed;
        }
        if (taking is null)
            return MessageAnswer.Taken;
        later = WhenTaken(taking, to, from, payload.Length, intake);
        return null;
    }

    private Deferred<MessageAnswer> WhenTaken(Deferred taking, Subscription by, int from, int length, Intake intake)
    {
        var taken = new Deferred<MessageAnswer>();
        taking.AddBoth(outcome =>
        {
            intake.Leave(length);
            if (outcome.Failure is { } failure)
                ChannelLog.ReceiverFailed(_log, failure, _id, by.Service, from);
            taken.Callback(outcome.Failure is null ? MessageAnswer.Taken : MessageAnswer.Failed);
        }).Forget();
        return taken;
    }
}
