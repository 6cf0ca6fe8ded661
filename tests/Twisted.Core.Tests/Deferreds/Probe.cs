using System.Runtime.CompilerServices;

namespace Twisted.Tests;

/// <summary>Reads how a chain stands now, and takes a failure out of it.</summary>
internal static class Probe
{
    internal static T ValueOf<T>(Deferred<T> deferred)
    {
        var box = new StrongBox<T>();
        Exception? failure = null;
        bool ended = false;
        deferred.AddCallbacks(
            value =>
            {
                box.Value = value;
                ended = true;
            },
            e =>
            {
                failure = e;
                ended = true;
            });
        Assert.Null(failure);
        Assert.True(ended, "The chain has no result yet.");
        return box.Value!;
    }

    internal static void Succeeded(Deferred deferred)
    {
        Exception? failure = null;
        bool ended = false;
        deferred.AddCallbacks(
            () => { ended = true; },
            e => { failure = e; });
        Assert.Null(failure);
        Assert.True(ended, "The chain has no result yet.");
    }

    internal static E FailureOf<E>(Deferred deferred) where E : Exception
    {
        Exception? failure = null;
        deferred.AddErrback(e => { failure = e; });
        Assert.True(failure is not null, "The chain has not failed.");
        return Assert.IsType<E>(failure);
    }

    internal static Deferred<T> Canceller<T>(Action called) => new(_ => called());
}
