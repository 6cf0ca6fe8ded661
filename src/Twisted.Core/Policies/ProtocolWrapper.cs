using System.Net;
using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>
/// Stands between a transport and a protocol: the transport takes it for the protocol, the protocol for the transport.
/// Everything passes unless it is overridden.
/// </summary>
/// <remarks>
/// Reactor thread only. Made by a <see cref="WrappingFactory"/>. Twisted: <c>policies.ProtocolWrapper</c>.
/// </remarks>
public abstract class ProtocolWrapper : IProtocol, IProtocolAbilities, ITransport
{
    private ITransport? _below;

    /// <summary>Wraps a protocol.</summary>
    /// <param name="inner">The protocol.</param>
    protected ProtocolWrapper(IProtocol inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
    }

    /// <summary>The protocol that is wrapped. Twisted: <c>wrappedProtocol</c>.</summary>
    public IProtocol Inner { get; }

    /// <summary>The transport that is wrapped. There from <see cref="ConnectionMade"/> on.</summary>
    /// <exception cref="InvalidOperationException">There is no connection yet.</exception>
    protected ITransport Below =>
        _below ?? throw new InvalidOperationException("This wrapper has no connection yet.");

    // ---- What the transport calls ----

    void IProtocol.MakeConnection(ITransport transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        _below = transport;
        ConnectionMade();
    }

    void IProtocol.DataReceived(ReadOnlySpan<byte> data) => DataReceived(data);

    void IProtocol.ConnectionLost(Exception reason) => ConnectionLost(reason);

    /// <summary>The connection is up: the protocol is told, and given this as its transport.</summary>
    protected virtual void ConnectionMade() => Inner.MakeConnection(this);

    /// <summary>Bytes have come: they are passed on.</summary>
    /// <param name="data">Yours only until you return.</param>
    protected virtual void DataReceived(ReadOnlySpan<byte> data) => Inner.DataReceived(data);

    /// <summary>The connection is gone: the protocol is told.</summary>
    /// <param name="reason">Why.</param>
    protected virtual void ConnectionLost(Exception reason) => Inner.ConnectionLost(reason);

    /// <inheritdoc/>
    public virtual T? Ability<T>() where T : class => this as T ?? Inner.Ability<T>();

    // ---- What the protocol calls ----

    /// <inheritdoc/>
    public virtual EndPoint Peer => Below.Peer;

    /// <inheritdoc/>
    public virtual EndPoint Host => Below.Host;

    /// <inheritdoc/>
    public virtual bool IsDisconnecting => Below.IsDisconnecting;

    /// <inheritdoc/>
    public virtual void Write(ReadOnlySpan<byte> data) => Below.Write(data);

    /// <inheritdoc/>
    public virtual Memory<byte> GetMemory(int sizeHint = 0) => Below.GetMemory(sizeHint);

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <inheritdoc/>
    public virtual void Advance(int count) => Below.Advance(count);

    /// <inheritdoc/>
    public virtual void LoseConnection() => Below.LoseConnection();

    /// <inheritdoc/>
    public virtual void AbortConnection() => Below.AbortConnection();

    /// <inheritdoc/>
    public virtual void RegisterProducer(IPushProducer producer) => Below.RegisterProducer(producer);

    /// <inheritdoc/>
    public virtual void RegisterProducer(IPullProducer producer) => Below.RegisterProducer(producer);

    /// <inheritdoc/>
    public virtual void UnregisterProducer() => Below.UnregisterProducer();

    /// <inheritdoc/>
    public virtual void PauseProducing() => Below.PauseProducing();

    /// <inheritdoc/>
    public virtual void ResumeProducing() => Below.ResumeProducing();

    /// <inheritdoc/>
    public virtual void StopProducing() => Below.StopProducing();

    /// <inheritdoc/>
    public virtual T? Get<T>() where T : class => this as T ?? Below.Get<T>();
}
