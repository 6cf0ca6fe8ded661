namespace Twisted.Faults;

/// <summary>
/// A server that writes far more than a slow client takes. With "drain" it lets its connections come to their end
/// before it stops.
/// </summary>
internal static class WriterHost
{
    /// <summary>More than all buffers on the way hold.</summary>
    internal const int Bytes = 12 * 1024 * 1024;

    internal static int Run(ReactorKind kind, bool drains, TextWriter output)
    {
        IReactor reactor = Reactor.Create(new ReactorOptions { Kind = kind });
        var connections = new HashSet<Writer>();
        IListeningPort port = reactor.ListenTcp(0, () => new Writer(connections, output), "127.0.0.1");
        if (drains)
        {
            reactor.AddSystemEventTrigger(TriggerPhase.Before, SystemEvent.Shutdown, () =>
            {
                Deferred[] ends = [.. connections.Select(one => one.Finish())];
                return Deferred.GatherResults(ends);
            });
        }
        output.WriteLine(port.Host.Port);
        reactor.Run();
        return 0;
    }

    private sealed class Writer(HashSet<Writer> connections, TextWriter output) : Protocol
    {
        private readonly Deferred _ended = new();

        internal Deferred Finish()
        {
            Transport.LoseConnection(); // when all is written
            return _ended;
        }

        protected override void ConnectionMade()
        {
            connections.Add(this);
            byte[] bytes = new byte[Bytes];
            for (int i = 0; i < bytes.Length; i++)
                bytes[i] = (byte)(i * 31 + (i >> 8));
            Transport.Write(bytes);
            output.WriteLine("written");
        }

        protected override void ConnectionLost(Exception reason)
        {
            connections.Remove(this);
            output.WriteLine($"{reason.GetType().Name}: {reason.Message}");
            _ended.Callback();
        }
    }
}
