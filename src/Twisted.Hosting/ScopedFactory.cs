using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Twisted.Application;

namespace Twisted.Hosting;

/// <summary>Builds protocols from the container: a connection is a scope, which ends with it.</summary>
internal sealed class ScopedFactory(
    string name, IServiceScopeFactory scopes, Func<IServiceProvider, IProtocol> build, ILogger log) : ServerFactory
{
    public override IProtocol? BuildProtocol(EndPoint peer)
    {
        AsyncServiceScope scope = scopes.CreateAsyncScope();
        try
        {
            return new EndingProtocol(build(scope.ServiceProvider), () => _ = Dispose(scope));
        }
        catch
        {
            _ = Dispose(scope);
            throw;
        }
    }

    public override string ToString() => name;

    private async Task Dispose(AsyncServiceScope scope)
    {
        try
        {
            await scope.DisposeAsync();
        }
        catch (Exception failure)
        {
            HostingLog.ScopeFailed(log, failure, name);
        }
    }
}
