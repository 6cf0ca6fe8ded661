namespace Twisted.Faults;

/// <summary>A program that waits to be cancelled and says what happens; afterwards it waits for its input.</summary>
internal static class SignalHost
{
    internal static int Run(ReactorKind kind, TextReader input, TextWriter output)
    {
        int code = Reactor.Run(async reactor =>
        {
            reactor.AddSystemEventTrigger(TriggerPhase.Before, SystemEvent.Shutdown, async () =>
            {
                await reactor.DeferLater(TimeSpan.FromMilliseconds(20));
                output.WriteLine("before shutdown");
            });
            output.WriteLine("running");
            try
            {
                await reactor.DeferLater(TimeSpan.FromHours(1));
            }
            catch (OperationCanceledException)
            {
                output.WriteLine("cancelled");
                throw;
            }
        }, new ReactorOptions { Kind = kind });
        output.WriteLine($"returned {code}");
        input.ReadLine(); // a second signal ends it here
        return code;
    }
}
