using Twisted.Costs;
using Twisted.Protocols.Wire;

// What Costs.Tests measures, in a process of its own: it is stepped through, and compiled the same way each time.
return args switch
{
    ["echo"] => ServerHost.Run(() => new Echo()),
    ["line"] => ServerHost.Run(() => new LineEcho()),
    ["operations"] => OperationsHost.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: CostHost echo | line | operations");
    return 2;
}
