namespace Twisted.Tests;

public class StandardErrorTests
{
    [Theory]
    [InlineData(ReactorKind.Epoll)]
    [InlineData(ReactorKind.Portable)]
    public void A_program_without_a_logger_sees_all_its_errors_on_standard_error_and_nothing_else(ReactorKind kind)
    {
        using var host = new HostProcess($"first {kind}", "exec 2>&1 >/dev/null"); // standard error, and that alone
        var lines = new List<string>();
        try
        {
            while (true)
                lines.Add(host.ReadLine());
        }
        catch (IOException)
        {
            // It has ended.
        }
        string[] told = [.. lines.Where(line => !line.StartsWith('\t'))];
        string[] failures = [.. lines.Where(line => line.Contains("InvalidDataException: ", StringComparison.Ordinal))
            .Select(line => line.Split("InvalidDataException: ")[1])];
        Assert.Equal(["dropped in the reactor", "dropped outside", "forgotten outside", "in a chain",
            "in a queued call", "in a timer", "told by hand"], failures.Order(StringComparer.Ordinal));
        Assert.Equal(failures.Length, told.Length);
        Assert.All(told, line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} \[\S+#error\] ", line));
        Assert.Equal(0, host.WaitForExit());
    }

    [Fact]
    public void A_reactor_without_a_logger_logs_where_TwistedLog_was_started()
    {
        var output = new StringWriter();
        using (TwistedLog.Start(output))
        {
            IReactor reactor = Reactor.Create(new ReactorOptions { HandleSignals = false });
            reactor.ListenTcp(0, () => new Silent(), "127.0.0.1");
            reactor.CallLater(TimeSpan.Zero, reactor.Stop);
            reactor.Run();
        }
        TwistedLog.Msg("after the end");
        Assert.Contains("Log opened.\n", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("[Twisted.Reactor] ", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("after the end", output.ToString(), StringComparison.Ordinal);
    }

    private sealed class Silent : Protocol;
}
