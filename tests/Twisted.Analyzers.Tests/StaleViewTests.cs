namespace Twisted.Analyzers.Tests;

public class StaleViewTests
{
    private static Task Check(string statements) => Verify.Rule<StaleViewAnalyzer>("TW0003", $$"""
        class C
        {
            static Deferred<string> Get() => new();
            static void Keep(Deferred d) { }
            static void Print(string s) { }
            static int Length(string s) => s.Length;
            static async Deferred M(bool c)
            {
                {{statements}}
                await Deferred.Succeed();
            }
        }
        """);

    [Theory]
    [InlineData("var d = Get(); d.AddCallback(s => s.Length); d.«AddCallback»((string s) => s + s);")]
    [InlineData("var d = Get(); d.AddCallback(Length); d.«AddCallback»(Print);")]
    [InlineData("var d = Get(); d.AddCallback(Print); d.«AddCallback»(Print);")]
    [InlineData("var d = Get(); d.AddErrback(e => Console.WriteLine(e)); d.«AddCallback»(Print);")]
    [InlineData("var d = Get(); d.AddBoth(o => o.IsSuccess); d.«AddBoth»(o => { });")]
    [InlineData("var d = Get(); d.AddCallback(s => 1).AddCallback(n => 2.0); d.«AddCallbacks»(s => 1, e => 2);")]
    [InlineData("var d = Get(); _ = d.AddCallback(Length); d.«AddCallback»((string s) => 1);")]
    [InlineData("var d = Get(); d.Forget(); «await d»;")]
    [InlineData("var d = Get(); d.AddCallback(Length); Task<string> t = d.«AsTask»();")]
    [InlineData("Deferred<string> d; d = Get(); d.AddCallback(Length); d.Finally(() => { }).«AddCallback»(Print);")]
    public Task A_link_that_takes_the_value_of_a_chain_that_has_moved_on_is_reported(string statements) =>
        Check(statements);

    [Theory]
    [InlineData("var d = Get(); var n = d.AddCallback(Length); d.«AddCallback»(Print);")]
    [InlineData("var d = Get(); var n = d.AddCallback(Length); n.AddCallback(i => 2.0); n.«AddCallback»(i => i);")]
    [InlineData("var d = Get(); var e = d; e.AddCallback(Length); d.«AddCallback»(Print);")]
    [InlineData("var d = Get(); d = d.AddCallback(s => s + s); d.AddCallback(Length); d.«AddCallback»(Print);")]
    public Task Several_variables_of_one_chain_are_followed(string statements) => Check(statements);

    [Theory]
    [InlineData("var d = Get(); d.AddCallback(Length); if (c) d.«AddCallback»(Print);")]
    [InlineData("var d = Get(); d.AddCallback(Length); while (c) { d.«AddCallback»(Print); }")]
    [InlineData("var d = Get(); d.AddCallback(Length); try { d.«AddCallback»(Print); } finally { }")]
    [InlineData("Action a = () => { var d = Get(); d.AddCallback(Length); d.«AddCallback»(Print); };")]
    [InlineData("void L() { var d = Get(); d.AddCallback(Length); d.«AddCallback»(Print); }")]
    public Task It_looks_into_branches_and_functions(string statements) => Check(statements);

    [Theory]
    [InlineData("var d = Get(); d.AddCallback(Print); d.AddErrback(e => Console.WriteLine(e));")]
    [InlineData("var d = Get(); d.AddCallback(Length); d.Finally(() => { }); d.Cancel();")]
    [InlineData("var d = Get(); d.AddCallback(Length); d.AddCallback(() => 1); d.Forget();")]
    [InlineData("var d = Get(); d.AddCallback(Length); d.AddErrback(e => \"x\");")]
    public Task Links_that_need_no_value_are_allowed_on_an_old_view(string statements) => Check(statements);

    [Theory]
    [InlineData("var d = Get(); d.AddCallback(s => s + s); d.AddCallback(s => s + s); d.AddCallback(Print);")]
    [InlineData("var d = Get(); d.AddErrback(e => \"x\"); d.AddCallback(Print);")]
    [InlineData("var d = Get(); d.AddCallback(s => s.Length).AddCallback(n => \"x\"); d.AddCallback(Print);")]
    [InlineData("var d = Get(); var n = d.AddCallback(Length); n.AddCallback(i => \"x\"); d.AddCallback(Print);")]
    [InlineData("var d = Get(); d.AddCallback(Length); d.AddCallback(() => \"x\"); d.AddCallback(Print);")]
    [InlineData("var d = Get(); d.AddCallback(Length); d = Get(); d.AddCallback(Print);")]
    [InlineData("var d = Get(); d.AddCallback<string?>(s => null); d.AddCallback(Print);")]
    [InlineData("var d = Get(); d.Finally(() => { }).AddCallback(Print);")]
    public Task A_chain_that_yields_the_type_again_is_no_mistake(string statements) => Check(statements);

    [Theory]
    [InlineData("var d = Get(); if (c) d.AddCallback(Length); else d.AddCallback(Print);")]
    [InlineData("var d = Get(); if (c) { d.AddCallback(Length); return; } d.AddCallback(Print);")]
    [InlineData("var d = Get(); if (c) d.AddCallback(Length); d.AddCallback(Print);")]
    [InlineData("var d = Get(); if (c) goto end; d.AddCallback(Length); return; end: d.AddCallback(Print);")]
    [InlineData("var d = Get(); while (c) { d.AddCallback(Length); d = Get(); d.AddCallback(Print); }")]
    [InlineData("var d = Get(); switch (c) { case true: d.AddCallback(Length); break; } d.AddCallback(Print);")]
    [InlineData("var d = Get(); try { d.AddCallback(Length); } catch { d.AddCallback(Print); }")]
    [InlineData("""
        Deferred<int>? n = null;
        var d = Get();
        if (c) n = d.AddCallback(Length);
        n?.AddCallback(i => "");
        d.AddCallback(Print);
        """)]
    public Task What_depends_on_the_way_taken_is_left_alone(string statements) => Check(statements);

    [Theory]
    [InlineData("var d = Get(); Keep(d); d.AddCallback(Length); Keep(Get()); d.AddCallback(Print);")]
    [InlineData("""
        var d = Get();
        Action back = () => d.AddCallback(() => "x");
        d.AddCallback(Length);
        back();
        d.AddCallback(Print);
        """)]
    [InlineData("""
        var d = Get();
        var all = new[] { d };
        d.AddCallback(Length);
        all[0].AddCallback(() => "x");
        d.AddCallback(Print);
        """)]
    [InlineData("var d = Get(); d.AddCallback(s => { d.Cancel(); return 1; }); d.AddCallback(Print);")]
    public Task A_chain_that_others_can_reach_is_left_alone(string statements) => Check(statements);

    [Fact]
    public Task Type_parameters_tuples_and_dynamic_may_be_the_same_type_at_run_time() =>
        Verify.Rule<StaleViewAnalyzer>("TW0003", """
            class C
            {
                static void M<T, U>(Func<Deferred<T>> get, Func<T, U> f, Func<Deferred<(int A, int B)>> pairs)
                {
                    var d = get();
                    d.AddCallback(f);
                    d.AddCallback((T t) => t);
                    var p = pairs();
                    p.AddCallback<(int, int)>(x => (x.B, x.A));
                    p.AddCallback(x => x.A);
                }
            }
            """);

    [Fact]
    public Task Top_level_statements_are_read_too() => Verify.RuleInScript<StaleViewAnalyzer>("TW0003", """
        var d = Deferred.Succeed("x");
        d.AddCallback(s => s.Length);
        d.«AddCallback»((string s) => Console.WriteLine(s));
        """);

    [Fact]
    public async Task The_message_names_both_types()
    {
        string message = Assert.Single(await Verify.Messages<StaleViewAnalyzer>("TW0003", """
            class C
            {
                void M(Func<Deferred<string>> get)
                {
                    var d = get();
                    d.AddCallback(s => s.Length);
                    d.AddCallback((string s) => s);
                }
            }
            """));
        Assert.Contains("takes the string of this chain", message, StringComparison.Ordinal);
        Assert.Contains("moved the chain on to int", message, StringComparison.Ordinal);
    }
}
