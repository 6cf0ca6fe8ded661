namespace Twisted.Cred.Tests;

/// <summary>What stands behind --auth.</summary>
public class AuthStringTests : CredTests
{
    private ICredentialsChecker Parse(string text, params Type[] supported) =>
        AuthStrings.Parse(Reactor, text, supported);

    private string Complaint(string text, params Type[] supported) =>
        Assert.Throws<FormatException>(() => Parse(text, supported)).Message;

    [Fact]
    public void Memory_has_names_and_passwords_in_pairs()
    {
        ICredentialsChecker checker = Parse(@"memory:ada:love\:lace:bob:a\=b");
        Assert.IsType<InsecureMemoryChecker>(checker);
        Assert.Equal("ada", Ask(checker, "ada", "love:lace").SuccessResult().Name);
        Assert.Equal("bob", Ask(checker, "bob", "a=b").SuccessResult().Name);
        Ask(checker, "ada", "a=b").FailureResult<UnauthorizedLoginException>();
        Ask(checker, "eve", "").FailureResult<UnauthorizedLoginException>();
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("memory:ada")]
    [InlineData("memory:ada:hush:bob")]
    [InlineData("memory::hush")]
    [InlineData("memory:ada:hush:ada:hush")]
    [InlineData("memory:ada:hush=hush")]
    [InlineData("memory:hush=1:ada")]
    [InlineData("anonymous:hush")]
    [InlineData("anonymous:hush=1")]
    [InlineData("file")]
    [InlineData("file:")]
    [InlineData("file:/x:hush")]
    [InlineData("file:/x:ignoreCase=hush")]
    [InlineData("file:/x:hush=1")]
    [InlineData("=hush:ada")]
    public void A_malformed_string_is_told_of_without_its_secrets(string text)
    {
        string message = Complaint(text);
        Assert.StartsWith("Malformed --auth '", message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endless_string_is_refused() => Assert.DoesNotContain("hush",
        Complaint("memory:hush:" + new string('x', 9000)), StringComparison.Ordinal);

    [Fact]
    public void An_unknown_kind_is_told_with_those_that_are_known()
    {
        Assert.StartsWith("Malformed --auth 'unix': unknown kind 'unix'; known are anonymous, file, memory",
            Complaint("unix"), StringComparison.Ordinal);
        Assert.Contains("unknown kind ''", Complaint(""), StringComparison.Ordinal);
        Assert.Contains("known are anonymous, file, memory",
            Assert.Throws<FormatException>(() => AuthStrings.HelpFor("unix")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Anonymous_is_a_word()
    {
        Deferred<AvatarId> answer = Parse("anonymous").RequestAvatarId(new Anonymous());
        Assert.Same(AvatarId.Anonymous, answer.SuccessResult());
    }

    [Fact]
    public void File_has_a_path_and_options()
    {
        WriteUsers("Ada:{PLAIN}x", Quick("bob", "builder"));
        string path = Endpoints.Quote(UsersPath);
        ICredentialsChecker checker = Parse($"file:{path}:ignoreCase=1:insecurePlainText=1");
        Assert.Equal("Ada", Ask(checker, "ada", "x").SuccessResult().Name);
        Assert.Equal("bob", Ask(checker, "BOB", "builder").SuccessResult().Name);
        Assert.Contains(typeof(IUsernameHashedPassword), checker.CredentialTypes);
        Assert.Throws<PasswordFileException>(() => Parse($"file:{path}"));
        Assert.Throws<PasswordFileException>(() => Parse($"file:{path}2"));
    }

    [Fact]
    public void A_checker_of_no_use_to_the_server_is_refused()
    {
        Assert.Equal("Malformed --auth 'anonymous': it takes Anonymous, and this server has UsernamePassword.",
            Complaint("anonymous", typeof(UsernamePassword)));
        Assert.IsType<InsecureMemoryChecker>(Parse("memory:a:b", typeof(CramMd5Credentials)));
        Assert.IsType<AnonymousChecker>(Parse("anonymous", typeof(UsernamePassword), typeof(Anonymous)));
        Assert.IsType<AnonymousChecker>(Parse("anonymous", typeof(ICredentials)));
    }

    [Fact]
    public void Help_has_a_line_for_each_kind_and_each_has_help_of_its_own()
    {
        string[] lines = AuthStrings.Help.Split('\n');
        Assert.Equal(lines.Distinct(), lines);
        foreach (string kind in (string[])["anonymous", "file", "memory"])
        {
            Assert.Single(lines, line => line.StartsWith($"  {kind}", StringComparison.Ordinal));
            Assert.StartsWith($"--auth {kind}", AuthStrings.HelpFor(kind), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_program_may_add_a_kind_but_not_take_one()
    {
        AuthStrings.Register("own1", new Own());
        Assert.Equal("hello", Ask(Parse("own1:hello"), "", "").SuccessResult().Name);
        Assert.Throws<ArgumentException>(() => AuthStrings.Register("own1", new Own()));
        Assert.Throws<ArgumentException>(() => AuthStrings.Register("file", new Own()));
        Assert.Throws<ArgumentException>(() => AuthStrings.Register("a:b", new Own()));
    }

    private sealed class Own : IAuthStringParser
    {
        public string Usage => "own1:NAME";

        public string Help => "Everybody is NAME.";

        public ICredentialsChecker Parse(IReactor reactor, EndpointDescription description)
        {
            description.Take("name");
            var name = new AvatarId(description.Required("name"));
            return new CallbackChecker<UsernamePassword>(_ => Deferred.Succeed(name));
        }
    }
}
