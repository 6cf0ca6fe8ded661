using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;

namespace Twisted.Daemon.Tests;

/// <summary>A record's options on a command line.</summary>
public class OptionBinderTests
{
    [Fact]
    public void What_is_not_given_keeps_its_initial_value() => Assert.Equal(new Sample(), Read<Sample>());

    [Theory]
    [InlineData("--text", "a b", nameof(Sample.Text), "a b")]
    [InlineData("-t", "", nameof(Sample.Text), "")]
    [InlineData("--small", "-128", nameof(Sample.Small), "-128")]
    [InlineData("--large", "18446744073709551615", nameof(Sample.Large), "18446744073709551615")]
    [InlineData("--maybe", "7", nameof(Sample.Maybe), "7")]
    [InlineData("--ratio", "-0.5", nameof(Sample.Ratio), "-0.5")]
    [InlineData("--wait", "1.5", nameof(Sample.Wait), "00:00:01.5000000")]
    [InlineData("--wait", "0", nameof(Sample.Wait), "00:00:00")]
    [InlineData("--colour", "dArK", nameof(Sample.Colour), "Dark")]
    public void A_value_is_what_its_property_is(string option, string text, string property, string value) =>
        Assert.Equal(value, Convert.ToString(
            typeof(Sample).GetProperty(property)!.GetValue(Read<Sample>(option, text)), CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("--small", "1000000", "--small is a whole number, -32768 to 32767, not '1000000'.")]
    [InlineData("--small", "one", "--small is a whole number, -32768 to 32767, not 'one'.")]
    [InlineData("--large", "-1", "--large is a whole number, 0 to 18446744073709551615, not '-1'.")]
    [InlineData("--maybe", "", "--maybe is a whole number, -2147483648 to 2147483647, not ''.")]
    [InlineData("--ratio", "NaN", "--ratio is a number, not 'NaN'.")]
    [InlineData("--wait", "-1", "--wait is a number of seconds, 0 or more, not '-1'.")]
    [InlineData("--wait", "1e300", "--wait is a number of seconds, 0 or more, not '1e300'.")]
    [InlineData("--colour", "2", "--colour is one of light, dark, not '2'.")]
    [InlineData("--colour", "light,dark", "--colour is one of light, dark, not 'light,dark'.")]
    public void A_value_that_cannot_be_is_told_with_what_can(string option, string text, string told) =>
        Assert.Equal(told, Assert.Single(Parse(new Maker<Sample>(), option, text).Parsed.Errors).Message);

    [Fact]
    public void A_flag_is_set_by_its_name_and_can_be_unset()
    {
        Assert.True(Read<Sample>("-f").Flag);
        Assert.False(Read<Sample>("--on", "false").IsOn);
        Assert.Equal(new Sample { Flag = true, Text = "x" }, Read<Sample>("-f", "--text", "x"));
    }

    [Fact]
    public void A_list_is_given_once_an_item() =>
        Assert.Equal(["a", "b c"], Read<Listed>("--item", "a", "--item", "b c").Items);

    [Fact]
    public void A_second_value_for_one_property_is_refused() =>
        Assert.NotEmpty(Parse(new Maker<Sample>(), "--text", "a", "--text", "b").Parsed.Errors);

    [Fact]
    public void What_is_required_and_missing_is_told_by_name()
    {
        Assert.Contains("--where", Assert.Single(Parse(new Maker<Needy>()).Parsed.Errors).Message);
        Assert.Equal("here", Read<Needy>("--where", "here").Where);
    }

    [Fact]
    public void Help_tells_names_descriptions_and_defaults()
    {
        (ParseResult parsed, _, RootCommand root) = Parse(new Maker<Sample>(), "--help");
        using var printed = new StringWriter();
        Assert.Contains(root.Options, option => option is HelpOption);
        parsed.Invoke(new InvocationConfiguration { Output = printed });
        Assert.Matches(@"-t, --text <WORDS> +What is said\. \[default: hello\]", printed.ToString());
        Assert.Matches(@"--wait <wait> .*\[default: 2\.5\]", printed.ToString());
        Assert.Matches(@"--colour <colour> .*\[default: light\]", printed.ToString());
        Assert.Matches(@"--on .*\[default: on\]", printed.ToString());
        Assert.DoesNotMatch(@"--maybe .*\[default", printed.ToString());
    }

    [Fact]
    public void Defaults_are_those_of_the_makers_own_record() =>
        Assert.Equal("from the maker", ((Sample)Bound(new Words("from the maker"))).Text);

    [Theory]
    [InlineData(typeof(Maker<Unknown>), "The option '--address' of Unknown.Address is a Uri")]
    [InlineData(typeof(Maker<Anything>), "The option '--value' of Anything.Value is a Object")]
    [InlineData(typeof(Maker<ReadOnly>), "The option '--text' of ReadOnly.Text cannot be set")]
    [InlineData(typeof(Maker<Misnamed>), "The option 'text' of Misnamed.Text has the name 'text'")]
    [InlineData(typeof(Maker<Twins>), "The option '-t' of Twins is there already")]
    [InlineData(typeof(Maker<Taken>), "The option '--nodaemon' of Taken is there already")]
    public void A_record_that_cannot_be_options_is_refused_with_the_property(Type maker, string told) =>
        Assert.StartsWith(told, Assert.Throws<NotSupportedException>(
            () => Bound((IServiceMaker)Activator.CreateInstance(maker)!)).Message);

    [Theory]
    [InlineData(true, "--port", "stdio:")]
    [InlineData(false, "--port", "tcp:0")]
    [InlineData(false)]
    public void A_port_that_is_the_terminal_is_known_before_anything_is_made(bool uses, params string[] arguments)
    {
        (ParseResult parsed, OptionBinder binder, _) = Parse(BuiltInServer.All[0].Maker, arguments);
        Assert.Equal(uses, binder.UsesTerminal(parsed));
    }

    private static T Read<T>(params string[] arguments) where T : class, new() =>
        (T)Bound(new Maker<T>(), arguments);

    private static object Bound(IServiceMaker maker, params string[] arguments)
    {
        (ParseResult parsed, OptionBinder binder, _) = Parse(maker, arguments);
        Assert.Empty(parsed.Errors);
        return binder.Read(parsed);
    }

    private static (ParseResult Parsed, OptionBinder Binder, RootCommand Root) Parse(
        IServiceMaker maker, params string[] arguments)
    {
        var binder = new OptionBinder(maker, ["--nodaemon", "-n"]);
        var root = new RootCommand();
        foreach (Option option in binder.Options)
            root.Options.Add(option);
        return (root.Parse(arguments), binder, root);
    }

    public enum Colour { Light, Dark }

    public sealed record Sample
    {
        [Option("--text", "-t", Description = "What is said.", HelpName = "WORDS")]
        public string Text { get; init; } = "hello";

        [Option("--flag", "-f")]
        public bool Flag { get; init; }

        [Option("--on")]
        public bool IsOn { get; init; } = true;

        [Option("--small")]
        public short Small { get; init; } = 3;

        [Option("--large")]
        public ulong Large { get; init; }

        [Option("--maybe")]
        public int? Maybe { get; init; }

        [Option("--ratio")]
        public double Ratio { get; init; } = 0.25;

        [Option("--wait")]
        public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(2.5);

        [Option("--colour")]
        public Colour Colour { get; init; }

        public string Other { get; init; } = "no option";
    }

    public sealed record Listed
    {
        [Option("--item")]
        public IReadOnlyList<string> Items { get; init; } = [];
    }

    public sealed record Needy
    {
        [Option("--where", Required = true)]
        public string Where { get; init; } = "";
    }

    public sealed record Unknown
    {
        [Option("--address")]
        public Uri? Address { get; init; }
    }

    public sealed record Anything
    {
        [Option("--value")]
        public object? Value { get; init; }
    }

    public sealed record ReadOnly
    {
        [Option("--text")]
        public string Text { get; } = "";
    }

    public sealed record Misnamed
    {
        [Option("text")]
        public string Text { get; init; } = "";
    }

    public sealed record Twins
    {
        [Option("--text", "-t")]
        public string Text { get; init; } = "";

        [Option("--time", "-t")]
        public string Time { get; init; } = "";
    }

    public sealed record Taken
    {
        [Option("--nodaemon")]
        public bool NoDaemon { get; init; }
    }

    private class Maker<T> : ServiceMaker<T> where T : class, new()
    {
        public override IService MakeService(T options, IApplicationContext application) => new MultiService();
    }

    private sealed class Words(string text) : Maker<Sample>
    {
        protected override Sample MakeOptions() => new() { Text = text };
    }
}
