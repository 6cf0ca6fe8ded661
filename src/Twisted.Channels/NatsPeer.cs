namespace Twisted.Channels;

/// <summary>Another node of a <see cref="NatsBus"/>, while it is up in one session of its.</summary>
/// <param name="bus">Ours.</param>
/// <param name="id">Its number.</param>
/// <param name="session">Its session.</param>
/// <param name="first">The number of our first message to it.</param>
internal sealed class NatsPeer(NatsBus bus, int id, ulong session, uint first)
{
    private readonly Unacknowledged _unacknowledged =
        new(bus.Clock, bus.Options.AcknowledgeTimeout, bus.Options.MaxUnacknowledged, first);

    internal int Id => id;

    internal ulong Session => session;

    /// <summary>Where its messages go.</summary>
    internal string Subject { get; } = bus.SubjectOf(id);

    /// <summary>When it was heard of last.</summary>
    internal TimeSpan LastHeard { get; set; } = bus.Clock.Now;

    internal Intake Intake { get; } = new(bus.Options.HighWaterMark);

    /// <summary>The number of our next message to it.</summary>
    internal uint Next => _unacknowledged.Next;

    internal int Waiting => _unacknowledged.Count;

    internal bool HasRoom => _unacknowledged.HasRoom;

    internal Deferred Add(out uint number) => _unacknowledged.Add(out number);

    /// <summary>It has answered.</summary>
    /// <returns>False when it answers what we have not sent.</returns>
    internal bool Answered(uint number, MessageAnswer answer)
    {
        if (answer > MessageAnswer.Busy || !_unacknowledged.TryTake(number, out Deferred? answered))
            return false;
        answer.Tell(answered, id);
        return true;
    }

    /// <summary>It is down, or we are.</summary>
    internal void End(Exception reason) =>
        _unacknowledged.Fail(() => new NodeDownException(id, mayHaveArrived: true, reason));
}
