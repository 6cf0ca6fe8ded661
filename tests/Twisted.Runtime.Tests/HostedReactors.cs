using System.Collections.Concurrent;

namespace Twisted.Tests;

/// <summary>Makes reactors that live in other loops.</summary>
internal static class HostedReactors
{
    internal static IReactor InGLib() => Create(ReactorKind.Epoll, new GLibLoop(ofItsOwn: true));

    internal static IReactor InContext() => Create(ReactorKind.Portable, new MessageLoop());

    private static IReactor Create(ReactorKind kind, IHostLoop host) => Reactor.Create(new ReactorOptions
    {
        Kind = kind,
        HostLoop = host,
        HandleSignals = false,
        Logging = Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
    });

    /// <summary>A loop like that of a GUI framework, with its context installed while it runs.</summary>
    internal sealed class MessageLoop : SynchronizationContext, IHostLoop
    {
        private readonly BlockingCollection<(SendOrPostCallback Call, object? State)> _messages = [];

        public override void Post(SendOrPostCallback d, object? state) => _messages.Add((d, state));

        public void Post(Action callback) => new SynchronizationContextLoop(this).Post(callback);

        public void Run()
        {
            SynchronizationContext? outer = Current;
            SetSynchronizationContext(this);
            foreach (var (call, state) in _messages.GetConsumingEnumerable())
                call(state);
            SetSynchronizationContext(outer);
        }

        public void Quit() => _messages.CompleteAdding();
    }
}
