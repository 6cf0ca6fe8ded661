using System.Runtime.CompilerServices;

namespace Twisted.Tests;

/// <summary>Callbacks are named as their author would name them.</summary>
public class CallbackNameTests
{
    private static void Posted(object? state) { }

    private static void Called() { }

    [Fact]
    public void A_method_by_its_name_and_a_lambda_by_the_method_it_stands_in()
    {
        int captured = 1;
        Assert.Equal("CallbackNameTests.Called", CallbackName.Of((Action)Called));
        Assert.Equal($"a lambda in {nameof(A_method_by_its_name_and_a_lambda_by_the_method_it_stands_in)} of "
            + nameof(CallbackNameTests), CallbackName.Of((Action)(() => captured++)));
        Assert.Equal(typeof(CallbackNameTests).ToString(), CallbackName.Of(this));
    }

    [Fact]
    public void What_is_posted_by_its_callback_unless_its_state_says_more()
    {
        Assert.Equal("CallbackNameTests.Called", CallbackName.Of(new QueuedCall((Action)Called)));
        Assert.Equal("CallbackNameTests.Posted", CallbackName.Of(new QueuedCall((SendOrPostCallback)Posted, "text")));
        Assert.Equal("CallbackNameTests.Called",
            CallbackName.Of(new QueuedCall((SendOrPostCallback)Posted, (Action)Called)));
    }

    [Fact]
    public void What_continues_an_asynchronous_method_by_that_method()
    {
        var caught = new Catching();
        _ = Waiting(caught);
        string expected = $"Twisted.Tests.CallbackNameTests+<{nameof(Waiting)}>";
        Action continuation = caught.Continuation!;
        Assert.StartsWith(expected, CallbackName.Of(continuation), StringComparison.Ordinal);
        Assert.StartsWith(expected, CallbackName.Of(new QueuedCall((SendOrPostCallback)Posted, continuation)),
            StringComparison.Ordinal);
        Assert.StartsWith(expected, CallbackName.Of(new QueuedCall((SendOrPostCallback)Posted, continuation.Target)),
            StringComparison.Ordinal);
        Assert.StartsWith(expected, CallbackName.Of(continuation.Target!), StringComparison.Ordinal);
    }

    private static async Task Waiting(Catching caught) => await caught;

    /// <summary>Something to wait for that keeps who waits.</summary>
    private sealed class Catching : INotifyCompletion
    {
        internal Action? Continuation { get; private set; }

        public bool IsCompleted => false;

        public Catching GetAwaiter() => this;

        public void OnCompleted(Action continuation) => Continuation = continuation;

        public void GetResult() { }
    }
}
