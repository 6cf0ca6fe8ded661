namespace Twisted.Analyzers.Tests;

public class AsyncVoidOverrideTests
{
    private static Task Check(string marked) => Verify.Rule<AsyncVoidOverrideAnalyzer>("TW0001", marked);

    [Fact]
    public Task An_async_void_event_of_a_protocol_is_reported() => Check("""
        class P : Protocol
        {
            protected override async void «ConnectionMade»() => await Deferred.Succeed();
            protected override async void «ConnectionLost»(Exception reason) => await Task.Yield();
        }
        """);

    [Theory]
    [InlineData("class D : DatagramProtocol { protected override async void «StopProtocol»() => await Do(); }")]
    [InlineData("class P : ProcessProtocol { protected override async void «ConnectionMade»() => await Do(); }")]
    [InlineData("""
        class F : Factory
        {
            public override IProtocol? BuildProtocol(EndPoint peer) => null;
            protected override async void «StopFactory»() => await Do();
        }
        """)]
    public Task So_is_one_of_every_other_kind_of_protocol_and_factory(string marked) =>
        Check("using static Work;\n" + marked + "static class Work { public static Task Do() => Task.CompletedTask; }");

    [Fact]
    public Task So_is_one_of_the_bare_interface() => Check("""
        class P : IProtocol
        {
            public async void «MakeConnection»(ITransport transport) => await Task.Yield();
            public void DataReceived(ReadOnlySpan<byte> data) { }
            async void IProtocol.«ConnectionLost»(Exception reason) => await Task.Yield();
        }
        """);

    [Fact]
    public Task A_virtual_of_the_users_own_base_protocol_counts_too() => Check("""
        abstract class Base : Protocol { protected virtual void SignedOn() { } }
        class P : Base { protected override async void «SignedOn»() => await Task.Yield(); }
        """);

    [Fact]
    public Task Plain_events_and_async_void_methods_that_are_not_events_are_left_alone() => Check("""
        class P : Protocol
        {
            protected override void ConnectionMade() => WhileConnected(Greet());
            private async Deferred Greet() => await Deferred.Succeed();
            private async void OnClick(object? sender, EventArgs e) => await Task.Yield();
        }
        abstract class Button { protected abstract void Click(); }
        class Ok : Button { protected override async void Click() => await Task.Yield(); }
        """);

    [Fact]
    public async Task The_message_says_which_method_and_what_to_do()
    {
        string message = Assert.Single(await Verify.Messages<AsyncVoidOverrideAnalyzer>(
            "TW0001",
            "class P : Protocol { protected override async void ConnectionMade() => await Task.Yield(); }"));
        Assert.Contains("'ConnectionMade' is async void", message, StringComparison.Ordinal);
        Assert.Contains("WhileConnected", message, StringComparison.Ordinal);
    }
}
