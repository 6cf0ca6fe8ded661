using Twisted.Benchmarks.Servers;

// The .NET servers that ./bench wire measures. Each prints "Listening on port N" and runs until killed.
return args switch
{
    ["twisted"] => TwistedServer.Run(() => new PlainEcho()),
    ["twisted-udp"] => TwistedServer.RunUdp(),
    ["twisted-line"] => TwistedServer.Run(() => new LineEcho()),
    ["twisted-irc"] => TwistedServer.RunIrc(),
    ["twisted-tls", var certificate] => TlsServers.Twisted(certificate),
    ["kestrel-tls", var certificate] => await TlsServers.Kestrel(certificate),
    ["sslstream", var certificate] => await TlsServers.Plain(certificate),
    ["kestrel"] => await KestrelServer.Run(inline: false),
    ["kestrel-inline"] => await KestrelServer.Run(inline: true),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Servers twisted|twisted-line|twisted-udp|twisted-irc|kestrel|kestrel-inline, "
        + "or twisted-tls|kestrel-tls|sslstream PEM");
    return 2;
}
