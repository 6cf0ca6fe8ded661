namespace Twisted.Words.Tests.Server;

public class PieceTests
{
    [Theory]
    [InlineData("nick", "nick!*@*")]
    [InlineData("user@host", "*!user@host")]
    [InlineData("nick!user", "nick!user@*")]
    [InlineData("nick!user@host", "nick!user@host")]
    [InlineData("@host", "*!*@host")]
    [InlineData("!@", "*!*@*")]
    [InlineData("*", "*!*@*")]
    public void A_mask_is_completed(string mask, string whole) => Assert.Equal(whole, IrcMask.Complete(mask));

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("?", "", false)]
    [InlineData("a*c", "abc", true)]
    [InlineData("a*c", "abcd", false)]
    [InlineData("*a*b*", "xxaxxbxx", true)]
    [InlineData("*a*b*", "xxbxxaxx", false)]
    [InlineData("a?c", "ABC", true)]
    [InlineData("[x]", "{X}", true)]
    [InlineData("**a", "ba", true)]
    public void A_mask_matches(string mask, string text, bool matches) =>
        Assert.Equal(matches, IrcMask.Matches(mask, text));

    [Fact]
    public void A_mask_of_many_stars_is_no_slower()
    {
        string mask = string.Concat(Enumerable.Repeat("*a", 70)) + "b";
        Assert.False(IrcMask.Matches(mask, new string('a', 100_000)));
    }

    [Theory]
    [InlineData("abc", 3, 3)]
    [InlineData("abc", 2, 2)]
    [InlineData("éé", 3, 2)]
    [InlineData("a😀", 4, 1)]
    public void Text_is_cut_between_characters(string text, int most, int length) =>
        Assert.Equal(length, ByteText.Cut(System.Text.Encoding.UTF8.GetBytes(text), most).Length);

    [Fact]
    public void Bytes_that_are_no_text_are_cut_where_they_must() =>
        Assert.Equal(5, ByteText.Cut([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80], 5).Length);

    [Fact]
    public void Names_are_the_same_as_the_case_mapping_says()
    {
        FoldedNames names = FoldedNames.Instance;
        for (int i = 0; i < 256; i++)
        {
            for (int j = 0; j < 256; j++)
            {
                (string one, string other) = ($"{(char)i}", $"{(char)j}");
                bool same = IrcCaseMapping.Rfc1459.Equals(one, other);
                Assert.Equal(same, names.Equals(one, other));
                Assert.Equal(same, names.Equals([(byte)i], other));
                if (same)
                    Assert.Equal(names.GetHashCode(one), names.GetHashCode([(byte)j]));
            }
        }
    }
}
