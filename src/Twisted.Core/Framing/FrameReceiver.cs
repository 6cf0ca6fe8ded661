using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>Cuts a stream into messages: what the receivers of lines and of strings share.</summary>
/// <remarks>
/// Reactor thread only. A message that lies whole in the chunk is handed out where it lies, without a copy; only what
/// a chunk leaves unfinished is kept. A callback may do anything: feed more bytes (they come last), pause, change the
/// limit, close, throw. Derive from <see cref="LineReceiver"/> or from one of the string receivers.
/// </remarks>
public abstract class FrameReceiver : Protocol, IPushProducer, IHoldsInput
{
    private bool _isDispatching;
    private bool _isDeaf;

    private protected FrameReceiver() { }

    /// <summary>Whether messages are held back: from PauseProducing until ResumeProducing.</summary>
    public bool IsPaused { get; private set; }

    private protected ReceiveBuffer Received { get; } = new();

    bool IHoldsInput.HasInput => !Received.IsEmpty;

    /// <summary>Hands out no more messages, and reads no more, until resumed.</summary>
    public void PauseProducing()
    {
        IsPaused = true;
        Transport.PauseProducing();
    }

    /// <summary>Goes on: first with what was received before, at once.</summary>
    public void ResumeProducing()
    {
        IsPaused = false;
        Transport.ResumeProducing();
        Feed(default);
    }

    /// <summary>Hands out no more messages and ends the connection.</summary>
    public void StopProducing()
    {
        IsPaused = true;
        Transport.StopProducing();
    }

    /// <summary>Cuts and hands out. An override calls this one with the bytes that belong to messages.</summary>
    /// <param name="data">The next bytes. Inside a callback they are only added to those that wait.</param>
    protected override void DataReceived(ReadOnlySpan<byte> data) => Feed(data);

    /// <summary>Drops what was received of an unfinished message. An override calls this one.</summary>
    /// <param name="reason">Why the connection is gone.</param>
    protected override void ConnectionLost(Exception reason) => Received.Clear();

    /// <summary>Takes one message out of <see cref="Received"/> and hands it out.</summary>
    /// <returns>False when more bytes are needed, or no more messages are wanted.</returns>
    private protected abstract bool TryDispatch();

    /// <summary>The stream makes no sense from here on: drops what is there and what will come.</summary>
    private protected void GiveUp()
    {
        _isDeaf = true;
        Received.Clear();
    }

    private protected unsafe void Feed(ReadOnlySpan<byte> data)
    {
        if (_isDeaf)
            return;
        if (_isDispatching)
        {
            Received.Append(data); // the loop below, further down our own stack, goes on with it
            return;
        }
        fixed (byte* chunk = data) // pinned, so that the buffer can point at it while callbacks run
        {
            _isDispatching = true;
            Received.Open(chunk, data.Length);
            try
            {
                while (!IsPaused && !Received.IsEmpty && IsConnected && TryDispatch()) { }
            }
            finally
            {
                Received.Close();
                _isDispatching = false;
            }
        }
    }
}
