using Twisted.Faults;

// What needs a process of its own: a limit of descriptors, signals, a heap to itself. The tests start it.
return args switch
{
    ["echo", var kind] => EchoHost.Run(Enum.Parse<ReactorKind>(kind), Console.In, Console.Out),
    ["service", var kind, var endpoint] =>
        ServiceHost.Run(Enum.Parse<ReactorKind>(kind), endpoint, Console.In, Console.Out),
    ["log", var kind, var folder] => LogHost.Run(Enum.Parse<ReactorKind>(kind), folder, Console.In, Console.Out),
    ["writer", var kind] => WriterHost.Run(Enum.Parse<ReactorKind>(kind), drains: false, Console.Out),
    ["drain", var kind] => WriterHost.Run(Enum.Parse<ReactorKind>(kind), drains: true, Console.Out),
    ["program", var kind] => SignalHost.Run(Enum.Parse<ReactorKind>(kind), Console.In, Console.Out),
    ["first", var kind] => FirstProgram.Run(Enum.Parse<ReactorKind>(kind)),
    ["stdio", var kind] => StandardIOHost.Run(Enum.Parse<ReactorKind>(kind)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "usage: FaultHost (echo | program | first | stdio | writer | drain) KIND, service KIND ENDPOINT, "
        + "or log KIND FOLDER");
    return 2;
}
