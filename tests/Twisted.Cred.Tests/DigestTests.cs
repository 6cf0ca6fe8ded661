namespace Twisted.Cred.Tests;

/// <summary>HTTP digests: the RFC's numbers, challenges that are ours and of late, answers that fit.</summary>
public class DigestTests : CredTests
{
    private const string Client = "192.0.2.1";

    private DigestCredentialFactory Factory(DigestAlgorithm algorithm = DigestAlgorithm.Sha256) =>
        new(Reactor, "a realm", algorithm);

    private static void Refused(string expected, Action decode) => Assert.Contains(expected,
        Assert.Throws<LoginFailedException>(decode).Message, StringComparison.Ordinal);

    [Theory] // RFC 7616, section 3.9.1
    [InlineData(DigestAlgorithm.Md5, "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData(DigestAlgorithm.Sha256, "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void The_example_of_the_RFC_has_its_response(DigestAlgorithm algorithm, string response)
    {
        var challenge = new DigestChallenge("http-auth@example.org",
            "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", algorithm);
        Assert.Contains($"response=\"{response}\"", challenge.Respond("Mufasa", "Circle of Life", "GET",
            "/dir/index.html", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DigestAlgorithm.Md5)]
    [InlineData(DigestAlgorithm.Sha256)]
    public void An_answer_with_the_right_password_is_right_more_than_once(DigestAlgorithm algorithm)
    {
        DigestCredentialFactory factory = Factory(algorithm);
        DigestChallenge challenge = DigestChallenge.Parse(factory.GetChallenge(Client).ToString());
        Assert.Equal(algorithm, challenge.Algorithm);
        for (int count = 1; count < 3; count++)
        {
            DigestCredentials credentials = factory.Decode(
                challenge.Respond("ad\"a", "pass\\word", "GET", "/a,b", count: count), "GET", Client);
            Assert.Equal("ad\"a", credentials.Username);
            Assert.Equal("/a,b", credentials.Uri);
            Assert.True(credentials.CheckPassword("pass\\word"));
            Assert.False(credentials.CheckPassword("password"));
            Assert.True(credentials.CheckHash(
                DigestCredentials.Hash(algorithm, "ad\"a", "a realm", "pass\\word")));
            Assert.False(credentials.CheckHash(DigestCredentials.Hash(algorithm, "ad\"a", "another", "pass\\word")));
        }
    }

    [Fact]
    public void An_answer_for_another_method_is_wrong()
    {
        DigestCredentialFactory factory = Factory();
        string answer = factory.GetChallenge(Client).Respond("ada", "x", "GET", "/");
        Assert.False(factory.Decode(answer, "POST", Client).CheckPassword("x"));
    }

    [Fact]
    public void No_two_challenges_are_alike() =>
        Assert.NotEqual(Factory().GetChallenge(Client).Nonce, Factory().GetChallenge(Client).Nonce);

    [Fact]
    public void An_answer_may_be_without_quotation_marks_folded_or_without_an_address()
    {
        DigestCredentialFactory factory = Factory(DigestAlgorithm.Md5);
        string answer = factory.GetChallenge().Respond("ada", "x", "GET", "/");
        Assert.True(factory.Decode(answer.Replace("\"", "", StringComparison.Ordinal)
            .Replace("realm=a realm, ", "", StringComparison.Ordinal), "GET").CheckPassword("x"));
        Assert.True(factory.Decode(answer.Replace(", ", ",\r\n ", StringComparison.Ordinal), "GET", "")
            .CheckPassword("x"));
    }

    [Fact]
    public void An_old_client_answers_without_qop_and_without_algorithm()
    {
        DigestCredentialFactory factory = Factory(DigestAlgorithm.Md5);
        DigestChallenge challenge = factory.GetChallenge(Client);
        string a1 = DigestCredentials.Hash(DigestAlgorithm.Md5, "ada", "a realm", "x");
        string response = DigestMath.Response(DigestAlgorithm.Md5, a1, "GET",
            new Dictionary<string, string> { ["uri"] = "/", ["nonce"] = challenge.Nonce }); // RFC 2069
        string answer = $"username=\"ada\", nonce=\"{challenge.Nonce}\", uri=\"/\", response=\"{response}\", "
            + $"opaque=\"{challenge.Opaque}\"";
        Assert.True(factory.Decode(answer, "GET", Client).CheckPassword("x"));
    }

    [Fact]
    public void The_client_cannot_choose_a_weaker_algorithm_or_none()
    {
        DigestCredentialFactory factory = Factory();
        DigestChallenge challenge = factory.GetChallenge(Client);
        string weaker = (challenge with { Algorithm = DigestAlgorithm.Md5 }).Respond("ada", "x", "GET", "/");
        Refused("not of SHA-256", () => factory.Decode(weaker, "GET", Client));
        Refused("not of SHA-256", () => factory.Decode(
            weaker.Replace("algorithm=MD5, ", "", StringComparison.Ordinal), "GET", Client));
        string answer = challenge.Respond("ada", "x", "GET", "/");
        Refused("qop=auth", () => factory.Decode(answer.Replace("qop=auth, ", "", StringComparison.Ordinal), "GET",
            Client));
        Refused("qop=auth", () => factory.Decode(answer.Replace("qop=auth", "qop=auth-int", StringComparison.Ordinal),
            "GET", Client));
        Assert.True(factory.Decode(answer.Replace("SHA-256", "sha-256", StringComparison.Ordinal), "GET", Client)
            .CheckPassword("x"));
    }

    [Theory]
    [InlineData("username")]
    [InlineData("nonce")]
    [InlineData("opaque")]
    [InlineData("uri")]
    [InlineData("response")]
    public void A_field_that_is_missing_is_named(string name)
    {
        DigestCredentialFactory factory = Factory();
        string answer = factory.GetChallenge(Client).Respond("ada", "x", "GET", "/");
        Refused($"no {name}.", () => factory.Decode(
            answer.Replace($"{name}=", $"x{name}=", StringComparison.Ordinal), "GET", Client));
        Refused($"no {name}.", () => factory.Decode(
            string.Join(", ", answer.Split(", ").Select(field =>
                field.StartsWith(name, StringComparison.Ordinal) ? $"{name}=\"\"" : field)), "GET", Client));
    }

    [Fact]
    public void Only_an_answer_to_a_challenge_of_ours_to_this_client_is_taken()
    {
        const string No = "answers no challenge of this server to this client";
        DigestCredentialFactory factory = Factory();
        DigestChallenge challenge = factory.GetChallenge(Client);
        Refused(No, () => factory.Decode(challenge.Respond("ada", "x", "GET", "/"), "GET", "192.0.2.2"));
        Refused(No, () => factory.Decode(challenge.Respond("ada", "x", "GET", "/"), "GET"));
        Refused(No, () => Factory().Decode(challenge.Respond("ada", "x", "GET", "/"), "GET", Client));
        Decode(No, challenge with { Nonce = challenge.Nonce + "1" });
        Decode(No, challenge with { Opaque = challenge.Opaque + "1" });
        Decode(No, challenge with { Opaque = "9" + challenge.Opaque });
        foreach (string opaque in (string[])["foo", "-", "-1-2", "x-y", "99999999999999999999-y"])
            Decode("malformed", challenge with { Opaque = opaque });
        Decode("another realm", challenge with { Realm = "b" });

        void Decode(string expected, DigestChallenge changed) => Refused(expected,
            () => factory.Decode(changed.Respond("ada", "x", "GET", "/"), "GET", Client));
    }

    [Fact]
    public void A_challenge_grows_old()
    {
        DigestCredentialFactory factory = Factory();
        string answer = factory.GetChallenge(Client).Respond("ada", "x", "GET", "/");
        Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.True(factory.Decode(answer, "GET", Client).CheckPassword("x"));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Refused("too old", () => factory.Decode(answer, "GET", Client));
    }

    [Theory]
    [InlineData("=x", 1)]
    [InlineData("a", 2)]
    [InlineData("a=", 3)]
    [InlineData("a=\"x", 3)]
    [InlineData("a=x b=y", 5)]
    [InlineData("a=x, A=y", 6)]
    [InlineData("a=x\"", 4)]
    public void A_malformed_header_says_where(string text, int place) =>
        Refused($"at character {place}: expected", () => DigestFields.Parse(text));

    [Fact]
    public void A_header_without_end_is_refused()
    {
        Refused("longer than", () => DigestFields.Parse(new string('x', 10_000)));
        Refused("at most 32", () => DigestFields.Parse(
            string.Join(',', Enumerable.Range(0, 40).Select(i => $"a{i}=1"))));
    }

    [Fact]
    public void Any_text_is_fields_or_a_failed_login_and_nothing_else()
    {
        var random = new Random(1);
        string good = Factory().GetChallenge(Client).Respond("ada", "x", "GET", "/");
        DigestCredentialFactory factory = Factory();
        for (int round = 0; round < 20_000; round++)
        {
            char[] text = good.ToCharArray();
            for (int i = random.Next(6); i >= 0; i--)
                text[random.Next(text.Length)] = (char)random.Next(random.Next(3) == 0 ? 65536 : 128);
            Assert.Throws<LoginFailedException>(() =>
                factory.Decode(new string(text, 0, random.Next(text.Length + 1)), "GET", Client));
        }
    }

    [Fact]
    public void It_logs_in_where_the_password_is_known()
    {
        DigestCredentialFactory factory = Factory();
        var portal = new Portal(MailRealm(), new InsecureMemoryChecker(("ada", "lovelace")));
        DigestCredentials Answer(string password) => factory.Decode(
            factory.GetChallenge(Client).Respond("ada", password, "GET", "/"), "GET", Client);
        Assert.Equal("ada", portal.Login<IMailbox>(Answer("lovelace")).SuccessResult().Avatar.Owner);
        portal.Login<IMailbox>(Answer("byron")).FailureResult<UnauthorizedLoginException>();
    }
}
