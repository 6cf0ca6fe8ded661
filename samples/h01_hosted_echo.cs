#:sdk Microsoft.NET.Sdk.Web
#:project ../src/Twisted.Hosting
// Two servers in a generic host: injected services, settings by name, connections that finish at SIGTERM.
//   dotnet run h01_hosted_echo.cs -- --Twisted:Servers:echo:Endpoint=tcp:8007     then:  nc 127.0.0.1 8007
using System.Net;
using System.Text;
using Twisted.Hosting;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSingleton<Visits>();
builder.Services.AddStreamServer<EchoFactory>("tcp:8007:interface=127.0.0.1", "echo");
builder.Services.AddStreamServer("greeter", "tcp:8008:interface=127.0.0.1",
    services => ActivatorUtilities.CreateInstance<Greeter>(services));
builder.Build().Run();

sealed class EchoFactory(Visits visits) : ServerFactory
{
    public override IProtocol BuildProtocol(EndPoint peer)
    {
        visits.Count++;
        return new Echo();
    }
}

sealed class Echo : Protocol
{
    protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);
}

/// <summary>Tells how many have come. Made anew for each connection, with what is injected.</summary>
sealed class Greeter(Visits visits) : Protocol
{
    protected override void ConnectionMade()
    {
        Transport.Write(Encoding.ASCII.GetBytes($"{++visits.Count}\r\n"));
        Transport.LoseConnection();
    }
}

/// <summary>Only the reactor's thread touches it: no lock.</summary>
sealed class Visits
{
    public int Count { get; set; }
}
