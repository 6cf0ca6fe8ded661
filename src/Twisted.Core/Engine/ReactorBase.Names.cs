using System.Net;

namespace Twisted.Internet;

// IReactorNames and IReactorNameResolver.
internal partial class ReactorBase
{
    public INameResolver NameResolver { get; private set; }

    public INameResolver InstallNameResolver(INameResolver resolver)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        INameResolver before = NameResolver;
        NameResolver = resolver;
        return before;
    }

    public Deferred<IReadOnlyList<IPAddress>> Resolve(string host)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        var addresses = new List<IPAddress>();
        HostLookup? lookup = null;
        var result = new Deferred<IReadOnlyList<IPAddress>>(_ => lookup!.Cancel());
        lookup = new HostLookup(this, host, addresses.Add, failure =>
        {
            if (failure is null)
                result.Callback(addresses);
            else
                result.Errback(failure);
        });
        lookup.Begin();
        return result;
    }
}
