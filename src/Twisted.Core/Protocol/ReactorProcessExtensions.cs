namespace Twisted.Internet;

/// <summary>Running a process for what it writes. Twisted: <c>twisted.internet.utils</c>.</summary>
/// <remarks>
/// Standard input is closed, the environment is ours unless the options name another (Twisted's is empty), and the
/// output is kept in memory up to a limit. Cancelling kills the process.
/// </remarks>
public static class ReactorProcessExtensions
{
    /// <summary>Most bytes of output that are kept unless another limit is given.</summary>
    public const int DefaultOutputLimit = 16 * 1024 * 1024;

    extension(IReactorProcess reactor)
    {
        /// <summary>Runs a program and gives its standard output as UTF-8, whatever its exit code.</summary>
        /// <param name="fileName">The program.</param>
        /// <param name="arguments">Its arguments.</param>
        /// <returns>Fails with <see cref="ProcessFailedException"/> when it writes to standard error.</returns>
        public Deferred<string> GetProcessOutput(string fileName, params string[] arguments) =>
            reactor.GetProcessOutput(new ProcessOptions(fileName, arguments));

        /// <summary>Runs a program and gives what it writes as UTF-8, whatever its exit code.</summary>
        /// <param name="options">What to run and how.</param>
        /// <param name="errorsToo">
        /// Whether standard error is part of the output; otherwise anything on it is a
        /// <see cref="ProcessFailedException"/>.
        /// </param>
        /// <param name="limit">Most bytes of output.</param>
        public Deferred<string> GetProcessOutput(
            ProcessOptions options, bool errorsToo = false, int limit = DefaultOutputLimit) =>
            reactor.Collect(options, limit, refusesErrors: !errorsToo, errorsToo).AddCallback(result => result.Output);

        /// <summary>Runs a program, drops its output and gives its exit code.</summary>
        /// <param name="fileName">The program.</param>
        /// <param name="arguments">Its arguments.</param>
        /// <returns>Fails with <see cref="ProcessFailedException"/> when a signal ended it.</returns>
        public Deferred<int> GetProcessValue(string fileName, params string[] arguments) =>
            reactor.GetProcessValue(new ProcessOptions(fileName, arguments));

        /// <inheritdoc cref="GetProcessValue(IReactorProcess, string, string[])"/>
        /// <param name="options">What to run and how.</param>
        public Deferred<int> GetProcessValue(ProcessOptions options)
        {
            ArgumentNullException.ThrowIfNull(reactor);
            ArgumentNullException.ThrowIfNull(options);
            return Deferred.Try(() =>
            {
                var collector = new ValueProtocol();
                reactor.SpawnProcess(collector, options);
                return collector.Ended;
            }).AddCallback(exit =>
                exit.ExitCode ?? throw Killed(options.FileName, new ProcessResult(default, default, exit)));
        }

        /// <summary>Runs a program and gives its output, its errors and its exit code.</summary>
        /// <param name="fileName">The program.</param>
        /// <param name="arguments">Its arguments.</param>
        /// <returns>Fails with <see cref="ProcessFailedException"/> when a signal ended it.</returns>
        public Deferred<ProcessResult> GetProcessOutputAndValue(string fileName, params string[] arguments) =>
            reactor.GetProcessOutputAndValue(new ProcessOptions(fileName, arguments));

        /// <inheritdoc cref="GetProcessOutputAndValue(IReactorProcess, string, string[])"/>
        /// <param name="options">What to run and how.</param>
        /// <param name="limit">Most bytes of output and errors together.</param>
        public Deferred<ProcessResult> GetProcessOutputAndValue(
            ProcessOptions options, int limit = DefaultOutputLimit) =>
            reactor.Collect(options, limit, refusesErrors: false, errorsToo: false).AddCallback(result =>
                result.Exit.ExitCode is null ? throw Killed(options.FileName, result) : result);

        private Deferred<ProcessResult> Collect(
            ProcessOptions options, int limit, bool refusesErrors, bool errorsToo)
        {
            ArgumentNullException.ThrowIfNull(reactor);
            ArgumentNullException.ThrowIfNull(options);
            ArgumentOutOfRangeException.ThrowIfNegative(limit);
            return Deferred.Try(() =>
            {
                var collector = new OutputCollector(options.FileName, limit, refusesErrors, errorsToo);
                reactor.SpawnProcess(collector, options);
                return collector.Ended;
            });
        }
    }

    private static ProcessFailedException Killed(string fileName, ProcessResult result) =>
        new(result.Exit.Signal is { } signal
            ? $"{fileName} was ended by signal {signal}."
            : $"{fileName} has ended, and how was not told.", result);

    /// <summary>Waits for the end and drops the output.</summary>
    private sealed class ValueProtocol : ProcessProtocol
    {
        private Deferred<ProcessExit>? _ended;

        internal Deferred<ProcessExit> Ended => _ended ??= new Deferred<ProcessExit>(_ => Transport.KillIfAlive());

        protected override void ConnectionMade() => Transport.CloseStdin();

        protected override void ProcessEnded(Exception reason)
        {
            if (!Ended.IsFired)
                Ended.Callback(ProcessExit.Of(reason));
        }
    }
}
