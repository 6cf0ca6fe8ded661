namespace Twisted.Tests;

/// <summary>Options of a process that no system would take, or that would be taken for something else.</summary>
public class ProcessArgumentsTests
{
    private static readonly ProcessOptions Usual = new("/bin/true", "argument");

    public static TheoryData<ProcessOptions, string> Wrong => new()
    {
        { new ProcessOptions("a\0b"), @"'a\0b' contains a NUL character." },
        { new ProcessOptions("/bin/true", "a\0b"), @"'a\0b' contains a NUL character." },
        { Usual with { ArgumentZero = "\0" }, @"'\0' contains a NUL character." },
        { Usual with { WorkingDirectory = "/tmp\0" }, @"'/tmp\0' contains a NUL character." },
        { With("A\0", "1"), @"'A\0' contains a NUL character." },
        { With("A", "1\0"), @"'1\0' contains a NUL character." },
        { With("", "1"), "'' cannot be the name of an environment variable." },
        { With("A=B", "1"), "'A=B' cannot be the name of an environment variable." },
        {
            With(0, ChildDescriptor.Inherited) with { UsePty = true },
            "A process with a terminal has no other descriptors. Use UsePty or ChildDescriptors."
        },
        {
            Usual with { WindowSize = new TerminalSize(80, 25) },
            "WindowSize is for a process with a terminal. Set UsePty."
        },
        { Usual with { UserId = -1 }, "UserId -1 and GroupId  must not be negative." },
        { Usual with { GroupId = -2 }, "UserId  and GroupId -2 must not be negative." },
        { With(-1, ChildDescriptor.ReadPipe), "-1 is no descriptor of a child. Use 0 to 1023." },
        { With(1024, ChildDescriptor.ReadPipe), "1024 is no descriptor of a child. Use 0 to 1023." },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void What_is_wrong_is_said(ProcessOptions options, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => ProcessArguments.Check(options)).Message);

    [Fact]
    public void What_is_missing_is_said()
    {
        Assert.Throws<ArgumentException>("options", () => ProcessArguments.Check(new ProcessOptions("")));
        Assert.Throws<ArgumentNullException>("options",
            () => ProcessArguments.Check(new ProcessOptions("/bin/true", (string)null!)));
        Assert.Throws<ArgumentNullException>("options", () => ProcessArguments.Check(With(0, null!)));
    }

    [Fact]
    public void What_is_at_the_limits_is_taken()
    {
        ProcessArguments.Check(Usual);
        ProcessArguments.Check(Usual with { UserId = 0, GroupId = 0 });
        ProcessArguments.Check(Usual with { UserId = 1000, GroupId = 1000 });
        ProcessArguments.Check(Usual with { UsePty = true, WindowSize = new TerminalSize(80, 25) });
        ProcessArguments.Check(Usual with { UsePty = true });
        ProcessArguments.Check(With(0, ChildDescriptor.ReadPipe));
        ProcessArguments.Check(With(1023, ChildDescriptor.WritePipe));
        ProcessArguments.Check(With("A", ""));
    }

    private static ProcessOptions With(string name, string value) =>
        Usual with { Environment = new Dictionary<string, string> { [name] = value } };

    private static ProcessOptions With(int number, ChildDescriptor descriptor) =>
        Usual with { ChildDescriptors = new Dictionary<int, ChildDescriptor> { [number] = descriptor } };
}
