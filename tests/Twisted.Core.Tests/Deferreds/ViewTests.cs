using Microsoft.Extensions.Logging.Abstractions;

namespace Twisted.Tests;

public class ViewTests
{
    private readonly Deferred<string> _chain = new();
    private readonly List<string> _seen = [];

    [Fact]
    public void The_two_statement_style_of_the_tutorial_handles_success()
    {
        _chain.AddCallback(s => { _seen.Add(s); });
        _chain.AddErrback(e => { _seen.Add(e.Message); });
        _chain.Callback("page");
        Assert.Equal(["page"], _seen);
    }

    [Fact]
    public void The_two_statement_style_of_the_tutorial_handles_failure()
    {
        _chain.AddCallback(s => { _seen.Add(s); });
        _chain.AddErrback(e => { _seen.Add(e.Message); });
        _chain.Errback(new BoomException());
        Assert.Equal(["boom"], _seen);
    }

    [Fact]
    public void The_two_statement_style_catches_what_the_first_callback_throws()
    {
        _chain.AddCallback(void (_) => throw new BoomException());
        _chain.AddErrback(e => { _seen.Add(e.Message); });
        _chain.Callback("page");
        Assert.Equal(["boom"], _seen);
    }

    [Fact]
    public void A_value_link_on_a_stale_view_throws()
    {
        Deferred<int> length = _chain.AddCallback(s => s.Length);
        var error = Assert.Throws<InvalidOperationException>(() => _chain.AddCallback(s => s + "x"));
        Assert.Contains("String", error.Message);
        _chain.Callback("four");
        Assert.Equal(4, Probe.ValueOf(length));
    }

    [Fact]
    public void Every_link_that_takes_the_value_throws_on_a_stale_view()
    {
        _chain.AddCallback(s => s.Length);
        Assert.Throws<InvalidOperationException>(() => _chain.AddCallback(_ => Deferred.Succeed(1)));
        Assert.Throws<InvalidOperationException>(() => _chain.AddCallback(_ => Deferred.Succeed()));
        Assert.Throws<InvalidOperationException>(() => _chain.AddCallback(_ => { }));
        Assert.Throws<InvalidOperationException>(() => _chain.AddBoth(_ => 1));
        Assert.Throws<InvalidOperationException>(() => _chain.AddBoth(_ => { }));
        Assert.Throws<InvalidOperationException>(() => _chain.AddCallbacks(_ => 1, _ => 2));
        Assert.Throws<InvalidOperationException>(() => _chain.AddCallbacks(_ => { }, _ => { }));
        Assert.Throws<InvalidOperationException>(() => _chain.GetAwaiter());
        Assert.Throws<InvalidOperationException>(() => { _ = _chain.AsTask(); });
    }

    [Fact]
    public void An_errback_with_a_value_works_on_a_stale_view_and_its_value_is_dropped()
    {
        _chain.AddCallback(s => { _seen.Add(s); });
        _chain.AddErrback(e => e.Message);
        _chain.Errback(new BoomException());
        Assert.Throws<InvalidOperationException>(() => _chain.AddCallback(s => s));
        Probe.Succeeded(_chain);
    }

    [Fact]
    public void An_errback_that_only_throws_works_on_a_stale_view()
    {
        _chain.AddCallback(s => { _seen.Add(s); });
        _chain.AddErrback(_ => throw new OtherException());
        _chain.Errback(new BoomException());
        Probe.FailureOf<OtherException>(_chain);
    }

    [Fact]
    public void A_typed_errback_works_on_a_stale_view()
    {
        _chain.AddCallback(s => s.Length);
        _chain.AddErrback((BoomException e) => { _seen.Add(e.Message); });
        _chain.Errback(new BoomException());
        Assert.Equal(["boom"], _seen);
    }

    [Fact]
    public void A_rescue_on_a_stale_view_that_waits_is_waited_for()
    {
        var rescue = new Deferred<string>();
        _chain.AddCallback(s => { _seen.Add(s); });
        _chain.AddErrback((BoomException _) => rescue);
        _chain.Errback(new BoomException());
        Assert.False(_chain.IsSettled);
        rescue.Callback("dropped");
        Probe.Succeeded(_chain);
    }

    [Fact]
    public void Finally_works_on_a_stale_view_and_keeps_the_value_of_the_new_one()
    {
        Deferred<int> length = _chain.AddCallback(s => s.Length);
        _chain.Finally(() => _seen.Add("cleanup"));
        _chain.Callback("four");
        Assert.Equal(4, Probe.ValueOf(length));
        Assert.Equal(["cleanup"], _seen);
    }

    [Fact]
    public void LogFailures_works_on_a_stale_view()
    {
        using var sink = new CountingSink();
        _chain.AddCallback(s => s.Length);
        _chain.LogFailures(NullLogger.Instance);
        _chain.Errback(new BoomException());
        Assert.Equal(0, sink.Outstanding);
    }

    [Fact]
    public void Cancel_works_through_any_view()
    {
        bool cancelled = false;
        Deferred<string> d = Probe.Canceller<string>(() => cancelled = true);
        Deferred<int> view = d.AddCallback(s => s.Length);
        view.Cancel();
        Assert.True(cancelled);
        Probe.FailureOf<CancelledException>(view);
    }

    [Fact]
    public void Cancel_works_through_a_stale_view()
    {
        Deferred<int> view = _chain.AddCallback(s => s.Length);
        _chain.Cancel();
        Probe.FailureOf<CancelledException>(view);
    }

    [Fact]
    public void Firing_through_a_view_throws_and_fires_nothing()
    {
        Deferred<int> view = _chain.AddCallback(s => s.Length);
        Assert.Throws<InvalidOperationException>(() => view.Callback(3));
        Assert.Throws<InvalidOperationException>(() => view.Errback(new BoomException()));
        Assert.False(_chain.IsFired);
        _chain.Callback("four");
        Assert.Equal(4, Probe.ValueOf(view));
    }

    [Fact]
    public void A_view_whose_type_has_come_back_is_not_stale()
    {
        Deferred<string> back = _chain.AddCallback(s => s.Length).AddCallback(n => $"{n}");
        _chain.AddCallback(s => s + " again");
        _chain.Callback("four");
        Assert.Equal("4 again", Probe.ValueOf(back));
    }

    [Fact]
    public void Views_report_the_state_of_the_one_chain()
    {
        Deferred<int> view = _chain.AddCallback(s => s.Length);
        _chain.Callback("four");
        Assert.True(view.IsFired);
        Assert.True(view.IsSettled);
    }

    [Fact]
    public void A_link_without_a_value_is_the_same_object_typed_less()
    {
        Assert.Same(_chain, _chain.AddCallback(s => { _seen.Add(s); }));
    }

    [Fact]
    public void Returning_a_stale_view_from_a_callback_fails_with_the_reason()
    {
        var inner = new Deferred<string>();
        inner.AddCallback(s => s.Length);
        Deferred<string> outer = Deferred.Succeed("x").AddCallback(_ => inner);
        Assert.Contains("String", Probe.FailureOf<InvalidOperationException>(outer).Message);
    }
}
