using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Twisted.Internet;

/// <summary><c>fd:</c>, <c>systemd:</c> and <c>stdio:</c>: what somebody else has opened.</summary>
internal static class DescriptorStrings
{
    /// <summary><c>fd:3</c>.</summary>
    internal static IStreamServerEndpoint Descriptor(IReactor reactor, EndpointDescription description)
    {
        description.Take("fileno");
        description.Required("fileno");
        return new AdoptedServerEndpoint(reactor, description.Number("fileno", 0, 1_048_576)!.Value, null);
    }

    /// <summary><c>stdio:</c>.</summary>
    internal static IStreamServerEndpoint StandardIO(IReactor reactor, EndpointDescription description)
    {
        description.Take("nothing"); // what stands behind the colon that Twisted writes
        if (description.Text("nothing") is { Length: > 0 } more)
            throw description.Error($"'{more}' is one argument too many; 'stdio' takes none");
        return new StandardIOEndpoint((IReactorStandardIO)reactor);
    }

    /// <summary><c>systemd:domain=INET:index=0</c>, <c>systemd:domain=UNIX:name=web.socket</c>.</summary>
    internal static IStreamServerEndpoint Systemd(IReactor reactor, EndpointDescription description) =>
        Systemd(reactor, description, InheritedSockets.OfProcess);

    internal static IStreamServerEndpoint Systemd(
        IReactor reactor, EndpointDescription description, InheritedSockets sockets)
    {
        description.Take("domain", "index", "name");
        AddressFamily family = description.Required("domain") switch
        {
            "INET" => AddressFamily.InterNetwork,
            "INET6" => AddressFamily.InterNetworkV6,
            "UNIX" => AddressFamily.Unix,
            var other => throw description.Error($"the domain is INET, INET6 or UNIX, not '{other}'"),
        };
        int? index = description.Number("index", 0, 65_535);
        string? name = description.Text("name");
        if ((index is null) == (name is null))
            throw description.Error("give either the index or the name of a socket, as in 'systemd:INET:0'");
        int descriptor = index is { } place ? sockets.At(description, place) : sockets.Named(description, name!);
        return new AdoptedServerEndpoint(reactor, descriptor, family);
    }

    /// <summary>Listens on a descriptor that the process was given, once.</summary>
    private sealed class AdoptedServerEndpoint(IReactor reactor, int descriptor, AddressFamily? family)
        : IStreamServerEndpoint
    {
        private bool _taken;

        public Deferred<IListeningPort> Listen(IProtocolFactory factory) => Deferred.Try(() => Adopt(factory));

        private Deferred<IListeningPort> Adopt(IProtocolFactory factory)
        {
            if (reactor is not IReactorAdopt able)
                throw new NotSupportedException($"{reactor.GetType().Name} cannot adopt sockets (no IReactorAdopt).");
            if (_taken)
                throw new CannotListenException($"The descriptor {descriptor} was taken over once already.");
            _taken = true;
            IListeningPort port = able.AdoptStreamPort(new SafeFileHandle(descriptor, ownsHandle: true), factory);
            if (family is null || port.Host.AddressFamily == family)
                return Deferred.Succeed(port);
            return port.StopListening().AddCallback<IListeningPort>(() => throw new CannotListenException(
                $"The descriptor {descriptor} is of {port.Host.AddressFamily} ({port.Host}), not of {family}."));
        }
    }
}
