#:sdk Microsoft.NET.Sdk.Web
#:project ../src/Twisted.Hosting
// A web application and a line server in one process, with one guest book: sign it by line, read it by HTTP.
//   dotnet run h02_web_application.cs -- --urls=http://127.0.0.1:8080
//   then:  nc 127.0.0.1 8079, and a name;  curl http://127.0.0.1:8080/guests;  .../healthz/live and .../healthz/ready
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Twisted.Hosting;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<GuestBook>();
builder.Services.AddStreamServer<GuestFactory>("tcp:8079:interface=127.0.0.1", "guests");
builder.Services.AddHealthChecks().AddReactor();

WebApplication app = builder.Build();
// A request runs on some thread of the pool: it goes to the book by way of the reactor, which owns it.
app.MapGet("/guests", (GuestBook book, IReactorThreads reactor) =>
    reactor.InvokeAsync(() => Deferred.Succeed(book.Names.ToArray())));
app.MapHealthChecks("/healthz/live", Tagged("live"));
app.MapHealthChecks("/healthz/ready", Tagged("ready"));
app.Run();

static HealthCheckOptions Tagged(string tag) => new()
{
    Predicate = check => check.Tags.Contains(tag),
    ResponseWriter = (context, report) => context.Response.WriteAsync(string.Join("\n",
        report.Entries.Select(entry => $"{entry.Value.Status}: {entry.Value.Description}"))),
};

/// <summary>Reactor thread only: no lock.</summary>
sealed class GuestBook
{
    private const int MostNames = 1000;

    private readonly Queue<string> _names = [];

    public IEnumerable<string> Names => _names;

    public void Sign(string name)
    {
        _names.Enqueue(name);
        if (_names.Count > MostNames)
            _names.Dequeue();
    }
}

sealed class GuestFactory(GuestBook book) : ServerFactory
{
    public override IProtocol BuildProtocol(EndPoint peer) => new Guest(book);
}

sealed class Guest(GuestBook book) : LineReceiver
{
    protected override void LineReceived(ReadOnlySpan<byte> line)
    {
        book.Sign(Encoding.UTF8.GetString(line));
        SendLine("Thank you."u8);
    }
}
