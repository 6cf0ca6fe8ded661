using System.Net;

/// <summary>Knows who is there.</summary>
public sealed class ChatFactory(ChatOptions options, IReactorTime reactor) : ServerFactory
{
    private readonly List<Chat> _present = [];

    public override IProtocol BuildProtocol(EndPoint peer) => new Chat(this, options, reactor);

    internal void Enter(Chat one) => _present.Add(one);

    internal void Leave(Chat one) => _present.Remove(one);

    internal void Tell(ReadOnlySpan<byte> line, Chat except)
    {
        foreach (Chat other in _present)
        {
            if (other != except)
                other.Hear(line);
        }
    }
}
