using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Twisted.Benchmarks.Servers;

/// <summary>Kestrel with a connection handler: as it comes, and with all that it can do inline on one thread.</summary>
internal static class KestrelServer
{
    internal static async Task<int> Run(bool inline)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Run(Echo)));
        if (inline)
            builder.WebHost.UseSockets(Inline);
        await using WebApplication app = builder.Build();
        await app.StartAsync();
        string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        Console.WriteLine($"Listening on port {new Uri(address).Port}");
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static void Inline(SocketTransportOptions options)
    {
        options.UnsafePreferInlineScheduling = true;
        options.IOQueueCount = 1;
    }

    private static async Task Echo(ConnectionContext connection)
    {
        PipeReader input = connection.Transport.Input;
        PipeWriter output = connection.Transport.Output;
        while (true)
        {
            ReadResult read = await input.ReadAsync();
            foreach (ReadOnlyMemory<byte> piece in read.Buffer)
                output.Write(piece.Span);
            await output.FlushAsync();
            input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
        }
    }
}
