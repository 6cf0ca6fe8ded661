using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Twisted;
using Twisted.Internet;

// Every overload of the links, as a program writes it. The declared type is the expectation.
namespace T;

class U
{
    Deferred<string> S() => throw null!;
    Deferred V() => throw null!;
    Deferred<int> I(string s) => throw null!;
    Task<int> T(string s) => throw null!;
    Deferred W(string s) => throw null!;
    void A(string s) { }
    int L(string s) => 1;
    void Er(Exception e) { }
    string Rec(Exception e) => "";

    void ValuesAndMethodGroups()
    {
        Deferred<string> a1 = S().AddCallback(s => s.ToLower());
        Deferred<int> a2 = S().AddCallback(s => I(s));
        Deferred a3 = S().AddCallback(s => W(s));
        Deferred a4 = S().AddCallback(A);
        Deferred<int> a5 = S().AddCallback(L);
        Deferred<int> a6 = S().AddCallback(I);
        Deferred a7 = S().AddCallback(W);
        Deferred a8 = S().AddCallback(Console.WriteLine);
    }

    void Statements()
    {
        Deferred a9 = S().AddCallback(s => { Console.WriteLine(s); });
        Deferred b0 = S().AddCallback(s => Console.WriteLine(s));
        Deferred<int> b1 = S().AddCallback(() => 1);
        Deferred b2 = S().AddCallback(() => Console.WriteLine());
        Deferred b3 = V().AddCallback(() => Console.WriteLine());
        Deferred<int> b4 = V().AddCallback(() => I(""));
    }

    void AsyncLambdas()
    {
        Deferred<int> c1 = S().AddCallback(async s => { await V(); return 1; });
        Deferred c2 = S().AddCallback(async s => { await V(); });
        Deferred<int> c3 = V().AddCallback(async () => { await V(); return 1; });
        Deferred c4 = V().AddCallback(async () => { await V(); });
        Deferred c5 = S().AddCallback(s => throw new Exception());
        Deferred<int> c6 = S().AddCallback(async s => await I(s));
        Deferred<int> c8 = S().AddCallback(async s => await T(s));
    }

    void Errbacks()
    {
        Deferred<string> e1 = S().AddErrback(e => "x");
        Deferred<string> e2 = S().AddErrback(e => S());
        Deferred e3 = S().AddErrback(e => Console.WriteLine(e));
        Deferred e4 = S().AddErrback(Er);
        Deferred<string> e5 = S().AddErrback(Rec);
        Deferred e6 = S().AddErrback(Console.WriteLine);
        Deferred<string> e7 = S().AddErrback(e => throw new Exception("y", e));
        Deferred<string> e8 = S().AddErrback(async e => { await V(); return "x"; });
        Deferred e9 = S().AddErrback(async e => { await V(); });
    }

    void TypedErrbacks()
    {
        Deferred<string> f1 = S().AddErrback<TimeoutException>(_ => "x");
        Deferred<string> f2 = S().AddErrback((TimeoutException e) => "x");
        Deferred<string> f3 = S().AddErrback((TimeoutException e) => S());
        Deferred f4 = S().AddErrback((TimeoutException e) => { Console.WriteLine(e); });
        Deferred f5 = V().AddErrback((TimeoutException e) => { Console.WriteLine(e); });
        Deferred<string> f6 = S().AddErrback((TimeoutException e) => throw new Exception());
        Deferred<string> f7 = S().AddErrback(async (TimeoutException e) => { await V(); return "x"; });
        Deferred f8 = V().AddErrback(async (TimeoutException e) => { await V(); });
        Deferred f9 = V().AddErrback(e => throw new Exception());
        Deferred g0 = V().AddErrback(e => { Console.WriteLine(e); });
    }

    void BothEnds(IReactor r)
    {
        Deferred h1 = S().AddBoth(_ => r.Stop());
        Deferred<int> h2 = S().AddBoth(o => o.IsSuccess ? 1 : 2);
        Deferred<int> h3 = S().AddBoth(o => I(""));
        Deferred h4 = S().AddBoth(async o => { await V(); });
        Deferred<int> h5 = S().AddBoth(async o => { await V(); return 1; });
        Deferred h6 = S().AddBoth(o => V());
        Deferred h7 = V().AddBoth(o => r.Stop());
        Deferred h8 = V().AddBoth(async o => { await V(); });
        Deferred<string> h9 = S().Finally(r.Stop);
        Deferred<int> i0 = S().AddCallbacks(s => 1, e => 2);
        Deferred i1 = S().AddCallbacks(A, Er);
        Deferred i2 = S().AddCallbacks(s => A(s), e => Er(e));
    }

    void Makers()
    {
        Deferred<string> j1 = Deferred.Try(async () => { await V(); return "x"; });
        Deferred j2 = Deferred.Try(async () => { await V(); });
        Deferred<string> j3 = Deferred.Try(S);
        Deferred<int> j4 = Deferred.FromTask(ct => Task.FromResult(1));
        Deferred j5 = Deferred.FromTask(ct => Task.CompletedTask);
        Deferred<int> j6 = Deferred.FromTask(async ct => { await Task.Yield(); return 1; });
        Deferred j7 = Deferred.FromTask(async ct => { await Task.Yield(); });
    }

    void Combinators()
    {
        Deferred<(int, string)> k = Deferred.GatherResults(I(""), S());
        Deferred<string[]> k2 = Deferred.GatherResults([S(), S()]);
        Deferred k3 = Deferred.GatherResults(new Deferred[] { S(), V(), I("") });
        var k4 = Deferred.List([S(), S()]);
        var k5 = Deferred.Race([S(), S()]);
    }

    void ReactorCalls(IReactor r)
    {
        r.CallLater(default, async () => { await V(); });
        r.CallLater(default, r.Stop);
        r.CallLater(default, V);
        r.CallLater(default, A, "x");
        r.CallWhenRunning(async () => { await V(); });
        r.CallFromThread(() => S());
        new LoopingCall(r, async () => { await V(); });
        new LoopingCall(r, () => I(""));
        new LoopingCall(r, r.Stop);
    }

    void Threads(IReactor r)
    {
        Deferred<int> l = r.DeferToThread(() => 1);
        Deferred l2 = r.DeferToThread(() => Thread.SpinWait(1));
    }

    async Deferred<string> Lo(DeferredLock g)
    {
        using (await g.Acquire())
            return await S();
    }
}
