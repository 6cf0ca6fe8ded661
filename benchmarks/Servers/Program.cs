using Twisted.Benchmarks.Servers;

// The .NET servers that ./bench wire measures. Each prints "Listening on port N" and runs until killed.
return args switch
{
    ["twisted"] => TwistedServer.Run(() => new PlainEcho()),
    ["twisted-udp"] => TwistedServer.RunUdp(),
    ["twisted-line"] => TwistedServer.Run(() => new LineEcho()),
    ["kestrel"] => await KestrelServer.Run(inline: false),
    ["kestrel-inline"] => await KestrelServer.Run(inline: true),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Servers twisted|twisted-line|twisted-udp|kestrel|kestrel-inline");
    return 2;
}
