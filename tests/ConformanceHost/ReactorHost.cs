using Microsoft.Extensions.Logging.Abstractions;
using Twisted.Conformance.Scenarios;
using Twisted.Testing;

namespace Twisted.Conformance;

/// <summary>Runs the reactor scenarios and prints their transcripts, as Twisted's oracle does.</summary>
internal static class ReactorHost
{
    private static readonly Dictionary<string, Func<IReactor>> Reactors = new()
    {
        ["default"] = () => Create(ReactorKind.Automatic),
        ["epoll"] = () => Create(ReactorKind.Epoll),
        ["portable"] = () => Create(ReactorKind.Portable),
        ["memory"] = () => new MemoryReactor(new VirtualClock()).Reactor,
    };

    internal static int Run(IReadOnlyList<string> options, TextWriter output, TextWriter errors)
    {
        string name = "default";
        IEnumerable<string> ids = options;
        if (options is ["--reactor", var given, ..])
        {
            name = given;
            ids = options.Skip(2);
        }
        if (!Reactors.TryGetValue(name, out Func<IReactor>? create))
        {
            errors.WriteLine($"There is no reactor '{name}'; there are {string.Join(", ", Reactors.Keys)}.");
            return 1;
        }
        if (ids.Except(ReactorScenarios.Ids).ToArray() is [var unknown, ..])
        {
            errors.WriteLine($"There is no scenario '{unknown}'; there are {string.Join(", ", ReactorScenarios.Ids)}.");
            return 1;
        }
        foreach (string id in ids.Any() ? ids : ReactorScenarios.Ids)
        {
            output.WriteLine(ReactorScenarios.Run(id, create()));
            output.Flush();
        }
        return 0;
    }

    private static IReactor Create(ReactorKind kind) => Reactor.Create(new ReactorOptions
    {
        Kind = kind,
        Logging = NullLoggerFactory.Instance, // what is logged stands in the transcript
    });
}
