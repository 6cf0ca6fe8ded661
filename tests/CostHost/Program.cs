using Twisted.Costs;
using Twisted.Protocols.Wire;

// What Costs.Tests measures, in a process of its own: it is stepped through, and compiled the same way each time.
return args switch
{
    ["echo"] => ServerHost.RunTcp(() => new Echo()),
    ["line"] => ServerHost.RunTcp(() => new LineEcho()),
    ["udp"] => ServerHost.RunUdp(() => new DatagramEcho()),
    ["operations"] => OperationsHost.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: CostHost echo | line | udp | operations");
    return 2;
}
