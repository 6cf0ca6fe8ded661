namespace Twisted.Cred.Tests;

/// <summary>CRAM-MD5: a challenge of its own, an answer that fits it.</summary>
public class CramMd5Tests
{
    [Fact]
    public void The_example_of_the_RFC_fits() // RFC 2195, section 2
    {
        const string Challenge = "<1896.697170952@postoffice.reston.mci.net>";
        CramMd5Credentials credentials = CramMd5Credentials.Of(Challenge);
        credentials.SetResponse("tim b913a602c7eda7a495b4e6e7334d3890");
        Assert.Equal("tim", credentials.Username);
        Assert.True(credentials.CheckPassword("tanstaaftanstaaf"));
        Assert.False(credentials.CheckPassword("tanstaaf"));
        Assert.Equal("tim b913a602c7eda7a495b4e6e7334d3890",
            CramMd5Credentials.Respond(Challenge, "tim", "tanstaaftanstaaf"));
    }

    [Fact]
    public void A_challenge_stays_and_no_two_are_alike()
    {
        var credentials = new CramMd5Credentials("mail.example.org");
        Assert.Equal(credentials.Challenge, credentials.Challenge);
        Assert.Matches("^<[0-9a-f]{32}@mail.example.org>$", credentials.Challenge);
        Assert.NotEqual(credentials.Challenge, new CramMd5Credentials("mail.example.org").Challenge);
        Assert.Throws<ArgumentException>(() => new CramMd5Credentials("a\r\nb"));
    }

    [Fact]
    public void Without_an_answer_no_password_is_right()
    {
        var credentials = new CramMd5Credentials("x");
        Assert.Null(credentials.Username);
        Assert.False(credentials.CheckPassword(""));
    }

    [Fact]
    public void A_name_may_have_spaces_and_digits_may_be_large()
    {
        var credentials = new CramMd5Credentials("x");
        string answer = CramMd5Credentials.Respond(credentials.Challenge, "ada of london", "x");
        credentials.SetResponse(answer[..^32] + answer[^32..].ToUpperInvariant());
        Assert.Equal("ada of london", credentials.Username);
        Assert.True(credentials.CheckPassword("x"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("tim")]
    [InlineData(" b913a602c7eda7a495b4e6e7334d3890")]
    [InlineData("tim b913a602c7eda7a495b4e6e7334d389")]
    [InlineData("tim b913a602c7eda7a495b4e6e7334d38900")]
    public void A_malformed_answer_is_a_failed_login(string answer) =>
        Assert.Throws<LoginFailedException>(() => new CramMd5Credentials("x").SetResponse(answer));
}
