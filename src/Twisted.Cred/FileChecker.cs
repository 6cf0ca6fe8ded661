using Microsoft.Extensions.Logging;

namespace Twisted.Cred;

/// <summary>Users of a file: a line each, <c>name:hash</c>, as <see cref="Passwords.Line"/> makes it.</summary>
/// <remarks>
/// The file is read when the checker is made and again when it has changed. One that is broken then is reported once,
/// and the users stay as they were. Passwords are hashed on threads of the reactor's pool, a few at a time, so that a
/// login does not stop the loop; a name that there is not takes as long as one that there is. The file has at most 16
/// MiB and 100,000 users. Replace it by renaming another one to its name. Reactor thread only. Twisted:
/// <c>FilePasswordDB</c>.
/// </remarks>
public sealed class FileChecker : ICredentialsChecker
{
    /// <summary>Others say the same when asked too early; it is no promise.</summary>
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(5);

    private readonly IReactorThreads _reactor;
    private readonly PasswordFile _file;
    private readonly FileCheckerOptions _options;
    private readonly DeferredSemaphore _turns;

    /// <summary>Reads the file. This blocks: do it at the start of the program.</summary>
    /// <param name="reactor">Its threads do the hashing.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">Otherwise than usual.</param>
    /// <param name="log">
    /// Is told of new versions of the file; without it the reactor reports those that are broken.
    /// </param>
    /// <exception cref="PasswordFileException">It cannot be read or is malformed; the message says where.</exception>
    public FileChecker(IReactorThreads reactor, string path, FileCheckerOptions? options = null, ILogger? log = null)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        ArgumentException.ThrowIfNullOrEmpty(path);
        _options = options ?? new FileCheckerOptions();
        _reactor = reactor;
        _turns = new DeferredSemaphore(_options.MostAtATime);
        _file = new PasswordFile(path, _options, problem => Report(problem, log), count =>
        {
            if (log is not null)
                CredLog.FileRead(log, path, count);
        });
        CredentialTypes = _options.InsecureAllowPlainText
            ? [typeof(UsernamePassword), typeof(IUsernameHashedPassword)]
            : [typeof(UsernamePassword)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Type> CredentialTypes { get; }

    /// <summary>What is wrong with the file since it changed; null when nothing is. Any thread.</summary>
    public PasswordFileException? Problem => _file.Problem;

    /// <inheritdoc/>
    public Deferred<AvatarId> RequestAvatarId(ICredentials credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        if (_turns.Waiting >= _options.MostWaiting)
            return Deferred.Fail<AvatarId>(new TooManyLoginsException(TryAgain));
        return InTurn(() => credentials switch
        {
            UsernamePassword typed => _file.Current().Verify(typed.Username, typed.Password),
            IUsernameHashedPassword { Username: { } name } proof when _options.InsecureAllowPlainText =>
                _file.Current().Verify(name, proof),
            _ => null,
        }).AddCallback(name => name is null ? throw new UnauthorizedLoginException() : new AvatarId(name));
    }

    /// <summary>
    /// Work in a thread. Who no longer waits for it leaves the queue, but work that has begun holds its turn to the
    /// end: clients that hang up at once do not get more threads.
    /// </summary>
    private Deferred<string?> InTurn(Func<string?> work)
    {
        bool begun = false;
        Deferred<Lease> turn = _turns.Acquire();
        var result = new Deferred<string?>(_ =>
        {
            if (!begun)
                turn.Cancel();
        });
        turn.AddCallback(lease =>
        {
            begun = true;
            return _reactor.DeferToThread(work).Finally(lease.Dispose);
        }).AddBoth(outcome =>
        {
            if (result.IsFired)
                return;
            if (outcome.Failure is { } failure)
                result.Errback(failure);
            else
                result.Callback(outcome.Value);
        }).Forget();
        return result;
    }

    private void Report(PasswordFileException problem, ILogger? log)
    {
        if (log is not null)
            CredLog.FileBroken(log, problem.Message);
        else
            _reactor.CallFromThread(() => Deferred.Fail(problem)); // nobody waits for it: the reactor reports it
    }
}
