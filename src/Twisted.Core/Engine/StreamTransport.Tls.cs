using System.Net.Security;

namespace Twisted.Internet;

// STARTTLS: this transport goes on over another socket, which speaks TLS over the old one.
internal sealed partial class StreamTransport : IStartTls
{
    public Deferred<ITlsInfo> StartTls(SslClientAuthenticationOptions options) => StartTls(TlsSide.Of(options));

    public Deferred<ITlsInfo> StartTls(SslServerAuthenticationOptions options) => StartTls(TlsSide.Of(options));

    private Deferred<ITlsInfo> StartTls(TlsSide side)
    {
        if (HasAny(StreamFlags.Disconnecting | StreamFlags.DropsWrites | StreamFlags.ReadClosed))
            return Deferred.Fail<ITlsInfo>(
                new InvalidOperationException("TLS cannot begin: the connection is ending."));
        if (_protocol.Ability<IHoldsInput>() is { HasInput: true })
        {
            // Whoever can write into a plain connection would have these bytes taken for the secure peer's.
            var injected = new TlsException("Bytes came in plain behind the message that began TLS.");
            EndLater(injected);
            return Deferred.Fail<ITlsInfo>(injected);
        }
        var agreed = new Deferred<ITlsInfo>();
        var tls = new TlsSocket(side, _protocol, agreed);
        var plain = new StreamTransport(_reactor, _socket, NoOwner.Instance, Has(StreamFlags.OverLayer));
        _reactor.Bytes.Written -= _out.Length; // they are written once more, and are the same
        for (; !_out.IsEmpty; _out.Consume(_out.First.Length))
            plain.Write(_out.First);
        plain._passing = _passing; // the bytes they ride on have just gone there
        _passing = null;
        Remove(StreamFlags.AwaitsWritable | StreamFlags.PassesDescriptors);
        _socket = tls;
        Add(StreamFlags.OverLayer);
        UpdateInterest();
        plain.Start(tls);
        return agreed;
    }
}
