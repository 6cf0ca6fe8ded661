using System.Runtime.CompilerServices;

namespace Twisted.Internet;

/// <summary>
/// What <see cref="IReactorThreads.SwitchToReactor"/> returns: await it to go on on the reactor thread.
/// </summary>
public readonly struct ReactorSwitch : IEquatable<ReactorSwitch>
{
    private readonly IReactorThreads _reactor;

    /// <summary>A switch to the thread of this reactor.</summary>
    /// <param name="reactor">Where to go on.</param>
    public ReactorSwitch(IReactorThreads reactor) => _reactor = reactor;

    /// <summary>For the compiler.</summary>
    public Awaiter GetAwaiter() => new(_reactor);

    /// <inheritdoc/>
    public bool Equals(ReactorSwitch other) => ReferenceEquals(_reactor, other._reactor);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ReactorSwitch other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(_reactor);

    /// <summary>Whether both lead to the same reactor.</summary>
    public static bool operator ==(ReactorSwitch left, ReactorSwitch right) => left.Equals(right);

    /// <summary>Whether they lead to different reactors.</summary>
    public static bool operator !=(ReactorSwitch left, ReactorSwitch right) => !left.Equals(right);

    /// <summary>For the compiler.</summary>
    public readonly struct Awaiter : ICriticalNotifyCompletion
    {
        private readonly IReactorThreads _reactor;

        internal Awaiter(IReactorThreads reactor) => _reactor = reactor;

        /// <summary>Whether we are there already.</summary>
        public bool IsCompleted => _reactor.IsInReactorThread;

        /// <inheritdoc/>
        public void OnCompleted(Action continuation) => _reactor.CallFromThread(continuation);

        /// <inheritdoc/>
        public void UnsafeOnCompleted(Action continuation) => _reactor.CallFromThread(continuation);

        /// <summary>Nothing to get.</summary>
        public void GetResult() { }
    }
}
