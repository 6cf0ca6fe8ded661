using System.Globalization;
using System.Text;

namespace Twisted.Words;

/// <summary>Formatting codes: bold, colours and their like, as characters in the text.</summary>
public static class IrcFormatting
{
    private const char Bold = '\x02';
    private const char Color = '\x03';
    private const char HexColor = '\x04';
    private const char Reset = '\x0f';
    private const char Monospace = '\x11';
    private const char Reverse = '\x16';
    private const char Italic = '\x1d';
    private const char Strikethrough = '\x1e';
    private const char Underline = '\x1f';
    private const int MostColor = 98; // 99 is the usual colour

    /// <summary>Text with its codes. Twisted: <c>assembleFormattedText</c>.</summary>
    /// <param name="runs">What to say; formatting codes that stand in the text itself are dropped.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such colour.</exception>
    public static string Assemble(params ReadOnlySpan<IrcTextRun> runs)
    {
        var text = new StringBuilder();
        IrcTextStyle last = default;
        foreach (IrcTextRun run in runs)
        {
            string plain = Strip(run.Text);
            if (plain.Length == 0)
                continue;
            if (run.Style != last)
                Switch(text, last, run.Style, plain[0]);
            last = run.Style;
            text.Append(plain);
        }
        return text.ToString();
    }

    /// <summary>Text without its codes. Twisted: <c>stripFormatting</c>.</summary>
    /// <param name="text">What came.</param>
    public static string Strip(string text)
    {
        var plain = new StringBuilder();
        foreach (IrcTextRun run in Parse(text))
            plain.Append(run.Text);
        return plain.ToString();
    }

    /// <summary>Reads the codes. Twisted: <c>parseFormattedText</c>.</summary>
    /// <param name="text">What came.</param>
    /// <returns>The pieces, none of them empty.</returns>
    public static IReadOnlyList<IrcTextRun> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var runs = new List<IrcTextRun>();
        IrcTextStyle style = default;
        int start = 0;
        int i = 0;
        while (i < text.Length)
        {
            int at = i;
            IrcTextStyle next = Read(text, ref i, style);
            if (i == at)
            {
                i++;
                continue;
            }
            if (at > start)
                runs.Add(new IrcTextRun(text[start..at], style));
            (start, style) = (i, next);
        }
        if (start < text.Length)
            runs.Add(new IrcTextRun(text[start..], style));
        return runs;
    }

    /// <summary>Reads the code at a place, if there is one, and goes behind it.</summary>
    private static IrcTextStyle Read(string text, ref int at, IrcTextStyle style)
    {
        switch (text[at])
        {
            case Bold:
                at++;
                return style with { Bold = !style.Bold };
            case Italic:
                at++;
                return style with { Italic = !style.Italic };
            case Underline:
                at++;
                return style with { Underline = !style.Underline };
            case Strikethrough:
                at++;
                return style with { Strikethrough = !style.Strikethrough };
            case Monospace:
                at++;
                return style with { Monospace = !style.Monospace };
            case Reverse:
                at++;
                return style with { Reverse = !style.Reverse };
            case Reset:
                at++;
                return default;
            case Color:
                at++;
                return ReadColor(text, ref at, style);
            case HexColor:
                at = AfterHex(text, at + 1);
                return style; // RGB is read over: a style has the numbered colours only
            default:
                return style;
        }
    }

    private static IrcTextStyle ReadColor(string text, ref int at, IrcTextStyle style)
    {
        if (Digits(text, ref at) is not { } foreground)
            return style with { Foreground = null, Background = null };
        style = style with { Foreground = Usual(foreground) };
        int behind = at + 1;
        if (at < text.Length && text[at] == ',' && Digits(text, ref behind) is { } background)
        {
            at = behind;
            style = style with { Background = Usual(background) };
        }
        return style;
    }

    private static int? Usual(int color) => color <= MostColor ? color : null;

    private static int? Digits(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && at - start < 2 && char.IsAsciiDigit(text[at]))
            at++;
        return at == start ? null : int.Parse(text.AsSpan(start, at - start), CultureInfo.InvariantCulture);
    }

    private static int AfterHex(string text, int at)
    {
        if (!IsHex(text, at))
            return at;
        at += 6;
        return at < text.Length && text[at] == ',' && IsHex(text, at + 1) ? at + 7 : at;
    }

    private static bool IsHex(string text, int at)
    {
        if (at + 6 > text.Length)
            return false;
        foreach (char c in text.AsSpan(at, 6))
        {
            if (!char.IsAsciiHexDigit(c))
                return false;
        }
        return true;
    }

    private static void Switch(StringBuilder text, IrcTextStyle last, IrcTextStyle next, char follows)
    {
        if (last != default)
            text.Append(Reset);
        Append(text, next.Bold, Bold);
        Append(text, next.Italic, Italic);
        Append(text, next.Underline, Underline);
        Append(text, next.Strikethrough, Strikethrough);
        Append(text, next.Monospace, Monospace);
        Append(text, next.Reverse, Reverse);
        if (next.Foreground is null && next.Background is null)
            return;
        text.Append(Color).Append(Number(next.Foreground ?? MostColor + 1));
        if (next.Background is { } background)
            text.Append(',').Append(Number(background));
        else if (follows == ',')
            text.Append(Bold).Append(Bold); // else the comma of the text would begin a background
    }

    private static void Append(StringBuilder text, bool isSet, char code)
    {
        if (isSet)
            text.Append(code);
    }

    /// <summary>Two digits: a digit of the text that follows must not become one of the colour.</summary>
    private static string Number(int color)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(color);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(color, MostColor + 1);
        return color.ToString("00", CultureInfo.InvariantCulture);
    }
}
