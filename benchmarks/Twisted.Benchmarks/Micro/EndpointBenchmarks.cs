using BenchmarkDotNet.Attributes;
using Twisted.Testing;

namespace Twisted.Benchmarks.Micro;

/// <summary>Endpoint strings.</summary>
public class EndpointBenchmarks
{
    private readonly IReactor _reactor = new MemoryReactor(new VirtualClock()).Reactor;

    [Benchmark(Description = "server endpoint")]
    public object Server() => Endpoints.Server(_reactor, "tcp:8080:interface=127.0.0.1:backlog=100");

    [Benchmark(Description = "client endpoint")]
    public object Client() => Endpoints.Client(_reactor, "tcp:host=www.example.com:port=80:timeout=15");
}
