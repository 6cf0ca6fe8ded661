namespace Twisted.Testing;

/// <summary>What has become of a Deferred by now. Twisted: trial's <c>successResultOf</c> and its like.</summary>
public static class DeferredTestExtensions
{
    /// <param name="deferred">The Deferred.</param>
    extension(Deferred deferred)
    {
        /// <summary>It has fired well.</summary>
        /// <exception cref="DeferredResultException">It has not fired, or failed: the failure is inside.</exception>
        public void SuccessResult() => Fired(deferred).ThrowIfFailed();

        /// <summary>It has failed so.</summary>
        /// <typeparam name="TException">How.</typeparam>
        /// <returns>The failure, which counts as seen from now on.</returns>
        /// <exception cref="DeferredResultException">It has not failed, or with another exception.</exception>
        public TException FailureResult<TException>() where TException : Exception =>
            Fired(deferred).Failure switch
            {
                TException failure => failure,
                null => throw new DeferredResultException(
                    $"The Deferred has not failed with {typeof(TException).Name}: it has fired well."),
                { } other => throw new DeferredResultException(
                    $"The Deferred has not failed with {typeof(TException).Name}, but with {other.GetType().Name}: "
                    + other.Message, other),
            };

        /// <summary>It has not fired yet. Twisted: <c>assertNoResult</c>.</summary>
        /// <exception cref="DeferredResultException">It has.</exception>
        public void AssertNoResult()
        {
            if (deferred.IsFired)
                throw new DeferredResultException($"The Deferred has fired already: {deferred}.");
        }
    }

    /// <param name="deferred">The Deferred.</param>
    extension<T>(Deferred<T> deferred)
    {
        /// <summary>Its value.</summary>
        /// <exception cref="DeferredResultException">It has not fired, or failed: the failure is inside.</exception>
        public T SuccessResult()
        {
            T value = default!;
            Deferred link = deferred.AddCallback(result => { value = result; });
            Fired(link).ThrowIfFailed();
            return value;
        }
    }

    private static Settled Fired(Deferred deferred)
    {
        Settled? state = null;
        deferred.AddCallbacks(() => state = new Settled(null), failure => state = new Settled(failure)).Forget();
        return state ?? throw new DeferredResultException("The Deferred has not fired yet.");
    }

    private readonly record struct Settled(Exception? Failure)
    {
        internal void ThrowIfFailed()
        {
            if (Failure is not null)
                throw new DeferredResultException($"The Deferred failed: {Failure.Message}", Failure);
        }
    }
}
