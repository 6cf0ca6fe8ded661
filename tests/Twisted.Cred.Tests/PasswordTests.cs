using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Twisted.Cred.Tests;

/// <summary>Hashes of passwords, and secrets that stay where they are.</summary>
public class PasswordTests
{
    [Theory]
    [InlineData(PasswordAlgorithm.Pbkdf2Sha256, "$pbkdf2-sha256$i=1000$")]
    [InlineData(PasswordAlgorithm.Pbkdf2Sha512, "$pbkdf2-sha512$i=1000$")]
    public void A_hash_is_of_its_password_alone(PasswordAlgorithm algorithm, string prefix)
    {
        string hash = Passwords.Hash("sesame", algorithm, 1000);
        Assert.StartsWith(prefix, hash, StringComparison.Ordinal);
        Assert.True(Passwords.Verify("sesame", hash));
        Assert.False(Passwords.Verify("Sesame", hash));
        Assert.False(Passwords.Verify("", hash));
        Assert.NotEqual(hash, Passwords.Hash("sesame", algorithm, 1000)); // its own salt
    }

    [Fact]
    public void A_hash_is_what_the_RFCs_algorithm_says()
    {
        byte[] salt = Encoding.ASCII.GetBytes("0123456789abcdef");
        byte[] key = Rfc2898DeriveBytes.Pbkdf2("pässword", salt, 4096, HashAlgorithmName.SHA256, 32);
        string text = $"$pbkdf2-sha256$i=4096${B64(salt)}${B64(key)}";
        Assert.True(Passwords.Verify("pässword", text));
        static string B64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');
    }

    [Fact]
    public void Few_iterations_need_another_hash()
    {
        Assert.True(Passwords.NeedsRehash(Passwords.Hash("x", iterations: 1000)));
        Assert.False(Passwords.NeedsRehash(Passwords.Hash("x")));
        Assert.False(Passwords.NeedsRehash(Passwords.Hash("x", PasswordAlgorithm.Pbkdf2Sha512)));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("sesame", 1)]
    [InlineData("{PLAIN}sesame", 1)]
    [InlineData("$pbkdf2-sha1$i=1000$AAAAAAAAAAAAAAAA$AAAA", 1)]
    [InlineData("$pbkdf2-sha256$i=999$AAAAAAAAAAAAAAAA$AAAA", 16)]
    [InlineData("$pbkdf2-sha256$i=10000001$AAAAAAAAAAAAAAAA$AAAA", 16)]
    [InlineData("$pbkdf2-sha256$i=+1000$AAAAAAAAAAAAAAAA$AAAA", 16)]
    [InlineData("$pbkdf2-sha256$i=1000$A A$AAAA", 23)]
    [InlineData("$pbkdf2-sha256$i=1000$AAAA$AAAA", 23)]
    [InlineData("$pbkdf2-sha256$i=1000$AAAAAAAAAAAAAAAA$AAAA", 40)]
    public void A_malformed_hash_says_where_and_not_what(string hash, int place)
    {
        string message = Assert.Throws<FormatException>(() => Passwords.Verify("x", hash)).Message;
        Assert.Contains($"at character {place}: expected ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_beyond_all_bounds_is_refused()
    {
        string hash = Passwords.Hash("", iterations: 1000);
        string huge = new('x', Passwords.LongestPassword + 1);
        Assert.Throws<ArgumentException>(() => Passwords.Hash(huge));
        Assert.False(Passwords.Verify(huge, hash)); // nor does it count as the empty one
    }

    [Fact]
    public void A_line_can_be_read_back()
    {
        string line = Passwords.Line("ada", "lovelace");
        PasswordTable table = PasswordTable.Parse(Encoding.UTF8.GetBytes(line), "users", new());
        Assert.Equal("ada", table.Verify("ada", "lovelace"));
        Assert.Throws<ArgumentException>(() => Passwords.Line("a:b", "x"));
        Assert.Throws<ArgumentException>(() => Passwords.Line("#a", "x"));
        Assert.Throws<ArgumentException>(() => Passwords.Line("a\n", "x"));
    }

    [Fact]
    public void Credentials_print_the_name_alone_and_on_one_line()
    {
        const string Secret = "planted-secret";
        CramMd5Credentials cram = CramMd5Credentials.Of("<1@x>");
        cram.SetResponse(CramMd5Credentials.Respond("<1@x>", "ada", Secret));
        DigestChallenge challenge = new("r", "n", "o", DigestAlgorithm.Md5);
        var digest = new DigestCredentials("ada", "GET", "r", DigestAlgorithm.Md5,
            DigestFields.Parse(challenge.Respond("ada", Secret, "GET", "/")));
        ICredentials[] all =
        [
            new UsernamePassword("ada", Secret), new Anonymous(), new Preauthenticated(new("ada")), cram, digest,
        ];
        Assert.Equal(typeof(ICredentials).Assembly.GetTypes()
            .Count(type => type.IsClass && type.IsAssignableTo(typeof(ICredentials))), all.Length); // none forgotten
        foreach (ICredentials credentials in all)
        {
            Assert.StartsWith(credentials.GetType().Name, credentials.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, credentials.ToString(), StringComparison.Ordinal);
        }
        Assert.Equal(@"UsernamePassword a\u000ab\u001b\u202e",
            new UsernamePassword("a\nb\e\u202e", Secret).ToString());
        Assert.InRange(new UsernamePassword(new string('x', 5000), Secret).ToString().Length, 1, 100);
    }

    [Fact]
    public void No_credentials_are_a_record_for_records_print_what_they_hold() => Assert.DoesNotContain(
        typeof(ICredentials).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ICredentials))),
        type => type.GetMethod("<Clone>$", BindingFlags.Public | BindingFlags.Instance) is not null);

    [Theory]
    [InlineData("", "", true)]
    [InlineData("a", "a", true)]
    [InlineData("a", "A", false)]
    [InlineData("a", "a\0", false)]
    [InlineData("a", "", false)]
    public void Secrets_are_equal_or_not(string left, string right, bool equal) =>
        Assert.Equal(equal, Secrets.AreEqual(left, right));
}
