using System.Text;

namespace Twisted.Faults;

/// <summary>A program whose connection is its standard input and output: it answers in capitals.</summary>
internal static class StandardIOHost
{
    internal static int Run(ReactorKind kind) => Reactor.Run(async reactor =>
    {
        var capitals = new Capitals();
        await Endpoints.Server(reactor, "stdio:").Listen(Factory.For(() => capitals));
        await capitals.Ended;
    }, new ReactorOptions { Kind = kind });

    private sealed class Capitals : Protocol, IHalfCloseableProtocol
    {
        internal Deferred Ended { get; } = new();

        public void ReadConnectionLost() => Transport.LoseConnection();

        public void WriteConnectionLost() { }

        protected override void ConnectionMade() => Transport.Write("ready\n");

        protected override void DataReceived(ReadOnlySpan<byte> data) =>
            Transport.Write(Encoding.ASCII.GetString(data).ToUpperInvariant());

        protected override void ConnectionLost(Exception reason) => Ended.Callback();
    }
}
