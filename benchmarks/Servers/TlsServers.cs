using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Twisted.Benchmarks.Servers;

/// <summary>The servers of the TLS scenarios: whatever is asked of them, they answer with the same long page.</summary>
internal static class TlsServers
{
    internal const int PageLength = 64 * 1024 * 1024;
    internal const int ChunkLength = 16 * 1024;

    internal static int Twisted(string certificateFile)
    {
        SslServerAuthenticationOptions options = TlsOptions.OptionsForServerTls(Load(certificateFile));
        return Reactor.Run(async reactor =>
        {
            IListeningPort port = reactor.ListenTls(0, Factory.For(() => new Page()), options, "127.0.0.1");
            Console.WriteLine($"Listening on port {port.Host.Port}");
            await Deferred.Never();
        });
    }

    internal static async Task<int> Kestrel(string certificateFile)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen => listen.UseHttps(Load(certificateFile))));
        await using WebApplication app = builder.Build();
        byte[] chunk = new byte[ChunkLength];
        app.Run(async context =>
        {
            context.Response.ContentLength = PageLength;
            for (int sent = 0; sent < PageLength; sent += ChunkLength)
                await context.Response.Body.WriteAsync(chunk);
        });
        await app.StartAsync();
        string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        Console.WriteLine($"Listening on port {new Uri(address).Port}");
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    /// <summary>SslStream as most programs use it: over a socket, with a read under way.</summary>
    internal static async Task<int> Plain(string certificateFile)
    {
        var options = new SslServerAuthenticationOptions { ServerCertificate = Load(certificateFile) };
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(1024);
        Console.WriteLine($"Listening on port {((IPEndPoint)listener.LocalEndpoint).Port}");
        while (true)
            _ = Serve(await listener.AcceptSocketAsync(), options);
    }

    private static async Task Serve(Socket socket, SslServerAuthenticationOptions options)
    {
        await using var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await tls.AuthenticateAsServerAsync(options);
        byte[] request = new byte[4096];
        byte[] chunk = new byte[ChunkLength];
        if (await tls.ReadAsync(request) == 0)
            return;
        for (int sent = 0; sent < PageLength; sent += ChunkLength)
            await tls.WriteAsync(chunk);
        await tls.ShutdownAsync();
    }

    private static X509Certificate2 Load(string file) => X509Certificate2.CreateFromPemFile(file, file);

    private sealed class Page : Protocol, IPullProducer
    {
        private static readonly byte[] Chunk = new byte[4 * ChunkLength];
        private int _sent;

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            if (_sent > 0)
                return;
            Transport.Write("HTTP/1.0 200 OK\r\n\r\n"u8);
            Transport.RegisterProducer((IPullProducer)this);
        }

        public void ResumeProducing()
        {
            Transport.Write(Chunk);
            _sent += Chunk.Length;
            if (_sent < PageLength)
                return;
            Transport.UnregisterProducer();
            Transport.LoseConnection();
        }

        public void StopProducing() { }
    }
}
