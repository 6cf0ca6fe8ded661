namespace Twisted.Tests;

/// <summary>What systemd has to say, and what the strings make of it.</summary>
public class DescriptorStringTests
{
    private readonly Dictionary<string, string> _environment = new()
    {
        ["LISTEN_PID"] = "42",
        ["LISTEN_FDS"] = "2",
        ["LISTEN_FDNAMES"] = "web:admin",
    };

    [Fact]
    public void A_socket_is_found_by_its_place_or_its_name()
    {
        EndpointDescription description = EndpointDescription.Parse("systemd:INET:0");
        Assert.Equal(3, Sockets.At(description, 0));
        Assert.Equal(4, Sockets.At(description, 1));
        Assert.Equal(3, Sockets.Named(description, "web"));
        Assert.Equal(4, Sockets.Named(description, "admin"));
    }

    [Theory]
    [InlineData("systemd:INET:2", "systemd gave 2 sockets: there is no index 2")]
    [InlineData("systemd:INET:name=mail", "systemd gave no socket 'mail'; there are web, admin")]
    [InlineData("systemd:INET", "give either the index or the name")]
    [InlineData("systemd:INET:0:web", "give either the index or the name")]
    [InlineData("systemd:IPX:0", "the domain is INET, INET6 or UNIX, not 'IPX'")]
    [InlineData("systemd:index=0", "the domain is missing")]
    public void A_wrong_string_says_what_is_wrong(string text, string message) => Complains(text, message);

    [Fact]
    public void Sockets_of_another_process_are_not_taken()
    {
        _environment["LISTEN_PID"] = "41";
        Complains("systemd:INET:0", "the sockets of systemd are for process 41, and this one is 42");
    }

    [Fact]
    public void Without_systemd_there_are_none()
    {
        _environment.Clear();
        Complains("systemd:INET:0", "systemd gave no sockets: LISTEN_PID and LISTEN_FDS are not set");
    }

    [Fact]
    public void A_number_of_sockets_that_is_none_is_told()
    {
        _environment["LISTEN_FDS"] = "many";
        Complains("systemd:INET:0", "the LISTEN_FDS must be a number");
    }

    [Theory]
    [InlineData("fd", "the fileno is missing")]
    [InlineData("fd:x", "the fileno must be a number")]
    [InlineData("stdio:1", "'1' is one argument too many; 'stdio' takes none")]
    public void A_wrong_descriptor_says_what_is_wrong(string text, string message)
    {
        IReactor reactor = TestReactors.Create(ReactorKind.Automatic);
        var failure = Assert.Throws<FormatException>(() => Endpoints.Server(reactor, text));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    private InheritedSockets Sockets => new(_environment.GetValueOrDefault, 42);

    private void Complains(string text, string message)
    {
        IReactor reactor = TestReactors.Create(ReactorKind.Automatic);
        var failure = Assert.Throws<FormatException>(
            () => DescriptorStrings.Systemd(reactor, EndpointDescription.Parse(text), Sockets));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }
}
