using System.Text;
using Microsoft.Extensions.Logging;

namespace Twisted.Cred.Tests;

/// <summary>Users of a file: who gets in, what happens when it changes, how it complains.</summary>
public class FileCheckerTests : CredTests
{
    [Fact]
    public void The_right_password_gives_the_name()
    {
        WriteUsers("# users", "", Quick("ada", "lovelace"), Quick("bob", "builder"));
        var checker = new FileChecker(Reactor, UsersPath);
        Assert.Equal("ada", Ask(checker, "ada", "lovelace").SuccessResult().Name);
        Assert.Equal("bob", Ask(checker, "bob", "builder").SuccessResult().Name);
        Ask(checker, "ada", "builder").FailureResult<UnauthorizedLoginException>();
        Ask(checker, "eve", "lovelace").FailureResult<UnauthorizedLoginException>();
        Ask(checker, "Ada", "lovelace").FailureResult<UnauthorizedLoginException>();
        Ask(checker, "", "").FailureResult<UnauthorizedLoginException>();
    }

    [Fact]
    public void Case_does_not_matter_if_it_is_told_so()
    {
        WriteUsers(Quick("Ada", "lovelace"));
        var checker = new FileChecker(Reactor, UsersPath, new() { IgnoresCase = true });
        Assert.Equal("Ada", Ask(checker, "aDA", "lovelace").SuccessResult().Name);
    }

    [Fact]
    public void Hashing_is_not_done_on_the_reactor_thread()
    {
        WriteUsers(Quick("ada", "lovelace"));
        Deferred<AvatarId> answer = new FileChecker(Reactor, UsersPath)
            .RequestAvatarId(new UsernamePassword("ada", "lovelace"));
        answer.AssertNoResult();
        Work();
        Assert.Equal("ada", answer.SuccessResult().Name);
    }

    [Fact]
    public void A_few_are_hashed_at_a_time_some_wait_and_the_rest_is_turned_away()
    {
        WriteUsers(Quick("ada", "lovelace"));
        var checker = new FileChecker(Reactor, UsersPath, new() { MostAtATime = 1, MostWaiting = 1 });
        Deferred<AvatarId>[] answers =
        [
            .. Enumerable.Range(0, 3).Select(_ => checker.RequestAvatarId(new UsernamePassword("ada", "lovelace"))),
        ];
        answers[2].FailureResult<TooManyLoginsException>();
        for (int i = 0; i < 4; i++)
            Work();
        Assert.Equal("ada", answers[0].SuccessResult().Name);
        Assert.Equal("ada", answers[1].SuccessResult().Name);
    }

    [Fact]
    public void Who_hangs_up_leaves_the_queue_but_work_under_way_keeps_its_turn()
    {
        WriteUsers(Quick("ada", "lovelace"));
        var checker = new FileChecker(Reactor, UsersPath, new() { MostAtATime = 1, MostWaiting = 1 });
        var credentials = new UsernamePassword("ada", "lovelace");
        Deferred<AvatarId> begun = checker.RequestAvatarId(credentials);
        Deferred<AvatarId> waiting = checker.RequestAvatarId(credentials);
        waiting.Cancel();
        waiting.FailureResult<CancelledException>();
        begun.Cancel();
        begun.FailureResult<CancelledException>();
        Deferred<AvatarId> next = checker.RequestAvatarId(credentials);
        checker.RequestAvatarId(credentials).FailureResult<TooManyLoginsException>(); // for next waits: begun works
        for (int i = 0; i < 4; i++)
            Work();
        Assert.Equal("ada", next.SuccessResult().Name);
        Reactor.AssertClean();
    }

    [Fact]
    public void A_changed_file_is_read_again()
    {
        WriteUsers(Quick("ada", "lovelace"));
        var log = new Lines();
        var checker = new FileChecker(Reactor, UsersPath, log: log);
        WriteUsers(Quick("ada", "byron"), Quick("bob", "builder"));
        Ask(checker, "ada", "lovelace").FailureResult<UnauthorizedLoginException>();
        Assert.Equal("ada", Ask(checker, "ada", "byron").SuccessResult().Name);
        Assert.Equal($"Information Read {UsersPath} again: 2 users", Assert.Single(log.All));
    }

    [Fact]
    public void A_file_that_breaks_is_reported_once_and_its_users_stay()
    {
        WriteUsers(Quick("ada", "lovelace"));
        var log = new Lines();
        var checker = new FileChecker(Reactor, UsersPath, log: log);
        WriteUsers(Quick("ada", "byron"), "bob:planted-secret");
        Assert.Equal("ada", Ask(checker, "ada", "lovelace").SuccessResult().Name);
        Assert.Equal("ada", Ask(checker, "ada", "lovelace").SuccessResult().Name);
        Assert.Contains($"{UsersPath}:2:5: expected a hash", Assert.Single(log.All), StringComparison.Ordinal);
        Assert.DoesNotContain("planted-secret", log.All[0], StringComparison.Ordinal);
        Assert.Equal((2, 5), (checker.Problem?.Line, checker.Problem?.Column));

        File.Delete(UsersPath);
        Assert.Equal("ada", Ask(checker, "ada", "lovelace").SuccessResult().Name);
        Assert.Equal(2, log.All.Count);

        WriteUsers(Quick("ada", "mended"));
        Assert.Equal("ada", Ask(checker, "ada", "mended").SuccessResult().Name);
        Assert.Null(checker.Problem);
    }

    [Fact]
    public void Without_a_log_the_reactor_reports_it()
    {
        WriteUsers(Quick("ada", "lovelace"));
        var checker = new FileChecker(Reactor, UsersPath);
        var reported = new List<Exception>();
        Reactor.UnhandledFailure += failure => reported.Add(failure.Exception);
        File.Delete(UsersPath);
        Assert.Equal("ada", Ask(checker, "ada", "lovelace").SuccessResult().Name);
        Work();
        Assert.IsType<PasswordFileException>(Assert.Single(reported));
    }

    [Fact]
    public void A_file_that_is_not_there_is_told_at_once()
    {
        PasswordFileException problem =
            Assert.Throws<PasswordFileException>(() => new FileChecker(Reactor, UsersPath));
        Assert.StartsWith($"Cannot read the password file {UsersPath}: ", problem.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (problem.Line, problem.Column));
    }

    [Fact]
    public void Plain_text_needs_to_be_allowed_and_then_proofs_work_too()
    {
        WriteUsers("ada:{PLAIN}love:lace", Quick("bob", "builder"));
        string message = Assert.Throws<PasswordFileException>(() => new FileChecker(Reactor, UsersPath)).Message;
        Assert.EndsWith(":1:5: expected a hash such as $pbkdf2-sha256$i=600000$SALT$HASH, "
            + "not a password in plain text, which needs InsecureAllowPlainText.", message, StringComparison.Ordinal);

        var checker = new FileChecker(Reactor, UsersPath, new() { InsecureAllowPlainText = true });
        Assert.Equal("ada", Ask(checker, "ada", "love:lace").SuccessResult().Name);
        Assert.Equal("ada", AskCram("ada", "love:lace").SuccessResult().Name);
        AskCram("ada", "").FailureResult<UnauthorizedLoginException>();
        AskCram("bob", "builder").FailureResult<UnauthorizedLoginException>(); // only his hash is known
        AskCram("bob", "").FailureResult<UnauthorizedLoginException>();
        AskCram("eve", "").FailureResult<UnauthorizedLoginException>();

        Deferred<AvatarId> AskCram(string name, string password)
        {
            CramMd5Credentials credentials = CramMd5Credentials.Of("<1@x>");
            credentials.SetResponse(CramMd5Credentials.Respond("<1@x>", name, password));
            Deferred<AvatarId> answer = checker.RequestAvatarId(credentials);
            Work();
            return answer;
        }
    }

    [Theory]
    [InlineData("ada", 4, "there is no colon")]
    [InlineData(":hash", 1, "a name of 1 to 256 characters")]
    [InlineData(" ada:x", 1, "neither # nor white space")]
    [InlineData("ada :x", 4, "white space at its end")]
    [InlineData("a\tda:x", 2, "control characters")]
    [InlineData("ada:", 5, "expected a hash")]
    [InlineData("ada:secret", 5, "plain text and crypt's old hashes are refused")]
    [InlineData("ada:$2y$10$abc", 5, "not bcrypt, which .NET does not have")]
    [InlineData("ada:$apr1$abc", 5, "not MD5, which is too weak")]
    [InlineData("ada:$6$abc", 5, "not crypt's SHA-2")]
    [InlineData("ada:{SHA}abc", 5, "not SHA-1 in one round, which is too weak")]
    [InlineData("ada:$argon2id$abc", 5, "not a hash of an unknown kind")]
    [InlineData("ada:$pbkdf2-sha256$i=1$AAAAAAAAAAAAAAAA$AAAA", 20, "expected the iterations")]
    public void A_malformed_line_is_told_with_file_line_column_and_what_was_expected(
        string line, int column, string expected)
    {
        WriteUsers("# first", line);
        PasswordFileException problem =
            Assert.Throws<PasswordFileException>(() => new FileChecker(Reactor, UsersPath));
        Assert.StartsWith($"{UsersPath}:2:{column}: ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_stands_there_once()
    {
        WriteUsers(Quick("ada", "lovelace"), "", Quick("ada", "byron"));
        Assert.EndsWith(":3:1: expected a name only once, and this one is in line 1 already.",
            Assert.Throws<PasswordFileException>(() => new FileChecker(Reactor, UsersPath)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_and_lines_without_end_are_told()
    {
        Assert.Equal(4, Mistake([.. "äda"u8, 0xff]).Column);
        Assert.Contains("at most 2048 bytes", Mistake(Encoding.ASCII.GetBytes(new string('x', 3000))).Message,
            StringComparison.Ordinal);
        Assert.Contains("at most 16777216 bytes", Mistake(new byte[PasswordTable.LargestFile + 1]).Message,
            StringComparison.Ordinal);
        static PasswordFileException Mistake(byte[] data) =>
            Assert.Throws<PasswordFileException>(() => PasswordTable.Parse(data, "users", new()));
    }

    [Fact]
    public void A_mark_at_the_beginning_and_carriage_returns_are_no_part_of_it()
    {
        byte[] data = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Quick("ada", "lovelace") + "\r\n\r\n")];
        Assert.Equal("ada", PasswordTable.Parse(data, "users", new()).Verify("ada", "lovelace"));
    }

    [Fact]
    public void Any_bytes_are_a_table_or_a_complaint_and_nothing_else()
    {
        var random = new Random(1);
        byte[] good = Encoding.UTF8.GetBytes(Quick("ada", "lovelace") + "\n" + Quick("bob", "builder") + "\n#x\n");
        for (int round = 0; round < 20_000; round++)
        {
            byte[] data = [.. good];
            for (int i = random.Next(4); i >= 0; i--)
                data[random.Next(data.Length)] = (byte)random.Next(256);
            try
            {
                PasswordTable.Parse(data.AsSpan(0, random.Next(data.Length + 1)), "users", new());
            }
            catch (PasswordFileException problem)
            {
                Assert.InRange(problem.Line, 1, 10);
                Assert.InRange(problem.Column, 1, 400);
            }
        }
    }

    [Fact]
    public void A_name_that_there_is_not_costs_as_much_as_one_that_there_is()
    {
        byte[] data = Encoding.UTF8.GetBytes($"{Quick("ada", "x", 5000)}\n{Quick("bob", "x", 5000)}");
        PasswordTable table = PasswordTable.Parse(data, "users", new());
        Assert.Equal(5000, Cost(() => table.Verify("ada", "x")));
        Assert.Equal(5000, Cost(() => table.Verify("ada", "y")));
        Assert.Equal(5000, Cost(() => table.Verify("ada", new string('y', 5000))));
        Assert.Equal(5000, Cost(() => table.Verify("nobody", "x")));
        Assert.Equal(5000, Cost(() => table.Verify("", "")));
        PasswordTable empty = PasswordTable.Parse([], "users", new());
        Assert.Equal(600_000, Cost(() => empty.Verify("nobody", "x")));
        static long Cost(Action action)
        {
            long before = PasswordHash.Cost;
            action();
            return PasswordHash.Cost - before;
        }
    }

    [Fact]
    public void Where_users_differ_in_cost_a_stranger_costs_as_one_of_them_and_always_the_same()
    {
        byte[] data = Encoding.UTF8.GetBytes($"{Quick("ada", "x", 5000)}\n{Quick("bob", "x", 1000)}");
        PasswordTable table = PasswordTable.Parse(data, "users", new());
        var costs = new HashSet<long>();
        for (int i = 0; i < 40; i++)
        {
            costs.Add(Cost($"stranger {i}"));
            Assert.Equal(Cost($"stranger {i}"), Cost($"stranger {i}"));
        }
        Assert.Equal([1000, 5000], costs.Order()); // both, or the cost would tell who is nobody
        long Cost(string name)
        {
            long before = PasswordHash.Cost;
            Assert.Null(table.Verify(name, "x"));
            return PasswordHash.Cost - before;
        }
    }

    private sealed class Lines : ILogger
    {
        internal List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => All.Add($"{logLevel} {formatter(state, exception)}");
    }
}
