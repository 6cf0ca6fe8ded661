using Twisted.Internet;

namespace Interop.Tests;

/// <summary>A reactor of ours on a thread of its own, for peers that the tool has no server for.</summary>
internal sealed class LocalReactor : IAsyncDisposable
{
    private readonly Task _ended;

    private LocalReactor(IReactor reactor)
    {
        Loop = reactor;
        _ended = reactor.RunAsync();
    }

    internal IReactor Loop { get; }

    internal static LocalReactor Start() =>
        new(Reactor.Create(new ReactorOptions { HandleSignals = false }));

    /// <summary>Runs something on it.</summary>
    internal Task<T> Call<T>(Func<IReactor, T> function) =>
        Loop.InvokeAsync(() => Twisted.Deferred.Succeed(function(Loop)));

    public async ValueTask DisposeAsync()
    {
        Loop.CallFromThread(() =>
        {
            if (Loop.IsRunning)
                Loop.Stop();
        });
        await _ended;
    }
}
