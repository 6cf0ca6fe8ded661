namespace Twisted.Channels.Nats;

/// <summary>What of one connection waits for the server's word that it has come.</summary>
/// <remarks>
/// The server reads in order and answers each PING in turn, so a PONG confirms all that was written before its PING.
/// One PING at the end of a turn of the loop stands for all that was written in that turn.
/// </remarks>
internal sealed class NatsBarriers
{
    private readonly Queue<List<Unconfirmed>> _asked = [];
    private List<Unconfirmed> _next = [];

    /// <summary>How many wait.</summary>
    internal int Count { get; private set; }

    /// <summary>Whether a PING is still to be sent for somebody.</summary>
    internal bool IsOpen => _next.Count > 0;

    /// <summary>Whether nobody waits, for a PONG of our own neither.</summary>
    internal bool IsEmpty => Count == 0;

    /// <summary>Another one waits.</summary>
    /// <param name="subject">Of the message; null for a flush.</param>
    internal Deferred Add(string? subject)
    {
        var confirmed = new Deferred();
        _next.Add(new Unconfirmed(confirmed, subject));
        Count++;
        return confirmed;
    }

    /// <summary>A PING is being sent.</summary>
    internal void Asked()
    {
        _asked.Enqueue(_next);
        _next = [];
    }

    /// <summary>A PONG has come.</summary>
    /// <returns>False when there was no PING for it.</returns>
    internal bool Answered()
    {
        if (!_asked.TryDequeue(out List<Unconfirmed>? confirmed))
            return false;
        Count -= confirmed.Count;
        foreach (Unconfirmed each in confirmed)
        {
            if (!each.Confirmed.IsFired)
                each.Confirmed.Callback();
        }
        return true;
    }

    /// <summary>The server has not let a message through: who has published it hears so.</summary>
    internal void Refuse(string subject, Func<Exception> reason)
    {
        foreach (List<Unconfirmed> each in (List<Unconfirmed>[])[.. _asked, _next])
        {
            foreach (Unconfirmed one in each.Where(one => one.Subject == subject && !one.Confirmed.IsFired).ToArray())
                one.Confirmed.Errback(reason());
        }
    }

    /// <summary>There will be no answers.</summary>
    internal void Fail(Func<Exception> reason)
    {
        List<Unconfirmed>[] all = [.. _asked, _next];
        _asked.Clear();
        _next = [];
        Count = 0;
        foreach (Unconfirmed one in all.SelectMany(each => each))
        {
            if (!one.Confirmed.IsFired)
                one.Confirmed.Errback(reason());
        }
    }

    private readonly record struct Unconfirmed(Deferred Confirmed, string? Subject);
}
