using Twisted.Protocols;

namespace Twisted.Internet;

/// <summary>Sets each transport's options before its protocol gets it; is out of the way from then on.</summary>
internal sealed class SettingFactory(IProtocolFactory inner, TcpSettings settings) : WrappingFactory(inner)
{
    /// <summary>The protocol that was wrapped.</summary>
    internal static IProtocol Unwrap(IProtocol protocol) => ((Setting)protocol).Inner;

    protected override IProtocol Wrap(IProtocol protocol) => new Setting(protocol, settings);

    private sealed class Setting(IProtocol inner, TcpSettings settings) : IProtocol, IProtocolAbilities
    {
        internal IProtocol Inner => inner;

        public void MakeConnection(ITransport transport)
        {
            settings.Apply(transport);
            inner.MakeConnection(transport);
        }

        public void DataReceived(ReadOnlySpan<byte> data) => inner.DataReceived(data);

        public void ConnectionLost(Exception reason) => inner.ConnectionLost(reason);

        T? IProtocolAbilities.Ability<T>() where T : class => inner.Ability<T>();
    }
}

/// <summary>Sets the options of each accepted connection.</summary>
internal sealed class SetServerEndpoint(IStreamServerEndpoint inner, TcpSettings settings) : IStreamServerEndpoint
{
    public Deferred<IListeningPort> Listen(IProtocolFactory factory) =>
        inner.Listen(new SettingFactory(factory, settings));
}

/// <summary>Sets the options of the connection.</summary>
internal sealed class SetClientEndpoint(IStreamClientEndpoint inner, TcpSettings settings) : IStreamClientEndpoint
{
    public Deferred<IProtocol> Connect(IProtocolFactory factory) =>
        inner.Connect(new SettingFactory(factory, settings)).AddCallback(SettingFactory.Unwrap);
}
