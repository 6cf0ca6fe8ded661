namespace Twisted.Words.Tests;

public class IrcFormattingTests
{
    [Theory]
    [InlineData("\u0002bold\u0002 plain", "bold plain")]
    [InlineData("\u000304,12red\u0003 none", "red none")]
    [InlineData("\u00034,red", ",red")]
    [InlineData("\u0003123", "3")]
    [InlineData("\u0004ff0000,00ff00x\u0004y", "xy")]
    [InlineData("\u001d\u001f\u001e\u0011\u0016all\u000f", "all")]
    [InlineData("none", "none")]
    public void Codes_are_taken_away(string text, string plain) => Assert.Equal(plain, IrcFormatting.Strip(text));

    [Fact]
    public void Codes_are_read_as_runs()
    {
        var runs = IrcFormatting.Parse("a\u0002b\u000304,01c\u000fd");
        Assert.Equal(
            [
                new IrcTextRun("a"),
                new IrcTextRun("b", new IrcTextStyle { Bold = true }),
                new IrcTextRun("c", new IrcTextStyle { Bold = true, Foreground = 4, Background = 1 }),
                new IrcTextRun("d"),
            ], runs);
    }

    [Theory]
    [InlineData("5 apples")]
    [InlineData(",comma")]
    [InlineData(",1")]
    public void What_is_assembled_is_read_back(string text)
    {
        IrcTextRun[] runs =
        [
            new(text, new IrcTextStyle { Foreground = IrcColor.LightRed }),
            new(text, new IrcTextStyle { Foreground = IrcColor.Blue, Background = IrcColor.White, Italic = true }),
            new(text),
            new(text, new IrcTextStyle
            {
                Bold = true, Underline = true, Strikethrough = true, Monospace = true, Reverse = true,
            }),
        ];
        Assert.Equal(runs, IrcFormatting.Parse(IrcFormatting.Assemble(runs)));
    }

    [Fact]
    public void A_colour_that_is_none_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        IrcFormatting.Assemble(new IrcTextRun("x", new IrcTextStyle { Foreground = 100 })));
}
