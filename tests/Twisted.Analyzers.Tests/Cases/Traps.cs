using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Twisted;
using Twisted.Internet;

// Mistakes that must not compile: every statement of M is an error by itself.
namespace T2;

class U
{
    Deferred<string> S() => throw null!;
    Deferred V() => throw null!;
    Task<int> T(string s) => throw null!;

    void M(IReactor r)
    {
        S().AddCallback(s => T(s));
        V().AddCallback(() => T(""));
        r.DeferToThread(async () => { await Task.Yield(); });
        new Deferred<int>().Callback();
        r.DeferToThread(() => T(""));
    }
}
