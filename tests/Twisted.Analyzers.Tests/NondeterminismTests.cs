namespace Twisted.Analyzers.Tests;

public class NondeterminismTests
{
    private static Task Check(string statements) => Verify.Rule<NondeterminismAnalyzer>("TW0006", $$"""
        class P(IReactor reactor, Random random)
        {
            object? o;
            void M()
            {
                {{statements}}
            }
        }
        """);

    [Theory]
    [InlineData("o = «DateTime.Now»;")]
    [InlineData("o = «DateTime.UtcNow».Ticks;")]
    [InlineData("o = «DateTimeOffset.UtcNow»;")]
    [InlineData("o = «Environment.TickCount64»;")]
    [InlineData("o = «TimeProvider.System»;")]
    [InlineData("o = System.Diagnostics.Stopwatch.«StartNew»();")]
    [InlineData("o = «Random.Shared».Next();")]
    [InlineData("o = «new Random()»;")]
    [InlineData("o = Guid.«NewGuid»();")]
    [InlineData("o = System.Security.Cryptography.RandomNumberGenerator.«GetBytes»(4);")]
    [InlineData("o = Task.«Run»(() => 1);")]
    [InlineData("o = «new Thread(() => { })»;")]
    [InlineData("ThreadPool.«QueueUserWorkItem»(_ => { });")]
    [InlineData("Parallel.«For»(0, 3, _ => { });")]
    public Task Time_chance_and_threads_of_the_machine_are_reported(string statements) => Check(statements);

    [Theory]
    [InlineData("o = reactor.TimeProvider.GetUtcNow();")]
    [InlineData("o = new Random(7).Next();")]
    [InlineData("o = random.Next();")]
    [InlineData("o = reactor.DeferToThread(() => 1);")]
    [InlineData("o = new DateTime(2026, 1, 1);")]
    [InlineData("o = Task.FromResult(1);")]
    public Task What_the_reactor_or_a_seed_gives_is_right(string statements) => Check(statements);

    [Fact]
    public void It_is_off_unless_a_project_wants_it() =>
        Assert.False(new NondeterminismAnalyzer().SupportedDiagnostics.Single().IsEnabledByDefault);

    [Fact]
    public async Task The_message_says_what_to_do_instead()
    {
        string message = Assert.Single(await Verify.Messages<NondeterminismAnalyzer>(
            "TW0006", "class C { object M() => DateTime.UtcNow; }"));
        Assert.Equal("DateTime.UtcNow reads the machine's clock: take the reactor's TimeProvider.", message);
    }
}
