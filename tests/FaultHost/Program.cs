using Twisted.Faults;

// What needs a process of its own: a limit of descriptors, signals, a heap to itself. The tests start it.
return args switch
{
    ["echo"] => EchoHost.Run(Console.In, Console.Out),
    ["program"] => SignalHost.Run(Console.In, Console.Out),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: FaultHost echo | program");
    return 2;
}
