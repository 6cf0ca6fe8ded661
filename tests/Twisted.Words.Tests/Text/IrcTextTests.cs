using System.Text;

namespace Twisted.Words.Tests;

public class IrcTextTests
{
    [Theory]
    [InlineData("hello", 10, "hello")]
    [InlineData("hello world", 5, "hello|world")]
    [InlineData("hello world", 10, "hello|world")]
    [InlineData("hello  world", 12, "hello  world")]
    [InlineData("one\n\n \ntwo", 10, "one|two")]
    [InlineData("one\r\ntwo", 10, "one|two")]
    [InlineData("abcdefgh", 4, "abcd|efgh")]
    [InlineData("a abcdefgh", 4, "a|abcd|efgh")]
    [InlineData("ééééé", 4, "éé|éé|é")]
    [InlineData("😀😀", 5, "😀|😀")]
    [InlineData("  in", 8, "  in")]
    [InlineData("", 8, "")]
    public void Text_is_cut_at_lines_and_words_and_counted_in_bytes(string text, int length, string pieces) =>
        Assert.Equal(pieces, string.Join('|', IrcText.Split(text, length)));

    [Fact]
    public void No_piece_is_longer_than_it_may_be_and_nothing_but_blanks_is_lost()
    {
        var random = new Random(7);
        string[] parts = ["a", "é", "😀", " ", "  ", "word", "\u3042", "\n"];
        for (int round = 0; round < 500; round++)
        {
            string text = string.Concat(Enumerable.Range(0, 60).Select(_ => parts[random.Next(parts.Length)]));
            int most = random.Next(IrcText.LeastLength, 30);
            IReadOnlyList<string> pieces = IrcText.Split(text, most);
            Assert.All(pieces, piece => Assert.InRange(Encoding.UTF8.GetByteCount(piece), 1, most));
            Assert.Equal(Bare(text), Bare(string.Concat(pieces)));
        }
    }

    [Fact]
    public void A_length_that_holds_no_character_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => IrcText.Split("a", 3));

    private static string Bare(string text) => text.Replace(" ", "", StringComparison.Ordinal)
        .Replace("\n", "", StringComparison.Ordinal);
}
