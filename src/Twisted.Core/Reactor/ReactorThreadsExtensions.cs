namespace Twisted.Internet;

/// <summary>For threads that want to wait for the reactor.</summary>
public static class ReactorThreadsExtensions
{
    extension(IReactorThreads reactor)
    {
        /// <summary>Calls on the reactor thread and blocks until the result is there.</summary>
        /// <typeparam name="T">The type of the result.</typeparam>
        /// <param name="callback">What to call.</param>
        /// <exception cref="InvalidOperationException">
        /// This is the reactor thread: it would wait for itself.
        /// </exception>
        public T BlockingCallFromThread<T>(Func<Deferred<T>> callback)
        {
            ArgumentNullException.ThrowIfNull(reactor);
            if (reactor.IsInReactorThread)
                throw new InvalidOperationException(
                    "This is the reactor thread: it would wait for itself. Await the Deferred instead.");
            return reactor.InvokeAsync(callback).GetAwaiter().GetResult();
        }

        /// <summary>Calls on the reactor thread and blocks until its Deferred fires.</summary>
        /// <param name="callback">What to call.</param>
        /// <exception cref="InvalidOperationException">
        /// This is the reactor thread: it would wait for itself.
        /// </exception>
        public void BlockingCallFromThread(Func<Deferred> callback) =>
            reactor.BlockingCallFromThread(() => callback().AddCallback(() => true));

        /// <summary>Calls on the reactor thread and blocks until it has returned.</summary>
        /// <typeparam name="T">The type of the result.</typeparam>
        /// <param name="callback">What to call.</param>
        /// <exception cref="InvalidOperationException">
        /// This is the reactor thread: it would wait for itself.
        /// </exception>
        public T BlockingCallFromThread<T>(Func<T> callback) =>
            reactor.BlockingCallFromThread(() => Deferred.Succeed(callback()));
    }
}
