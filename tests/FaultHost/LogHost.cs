using Microsoft.Extensions.Logging;
using Twisted.Logging;
using Twisted.Protocols;

namespace Twisted.Faults;

/// <summary>
/// An echo server that logs each piece, twice, and all traffic besides, into files of a folder. It fills the disk when
/// it is told to.
/// </summary>
internal sealed class LogHost(string folder, TextLogObserver log, LogFile file, TextWriter output)
{
    private readonly string _log = Path.Combine(folder, "log");
    private readonly string _filler = Path.Combine(folder, "filler");
    private int _failures;

    internal static int Run(ReactorKind kind, string folder, TextReader input, TextWriter output)
    {
        using StreamWriter log = File.CreateText(Path.Combine(folder, "log"));
        using StreamWriter traffic = File.CreateText(Path.Combine(folder, "traffic"));
        using var file = new LogFile(Path.Combine(folder, "file"));
        var observer = new TextLogObserver(log);
        using ILoggerFactory logging = TwistedLog.Start(new LogPublisher(observer, file));
        var options = new ReactorOptions { Kind = kind, Logging = logging, HandleSignals = false };
        var host = new LogHost(folder, observer, file, output);
        int result = Reactor.Run(reactor => host.Serve(reactor, traffic, input), options);
        host.Free(); // closing the files writes what they hold
        return result;
    }

    private Deferred Serve(IReactor reactor, StreamWriter traffic, TextReader input)
    {
        reactor.UnhandledFailure += _ => _failures++;
        IListeningPort port = reactor.ListenTcp(0, new TrafficLoggingFactory(
            Factory.For(() => new Echo()), new TextTrafficLog(traffic, reactor)), "127.0.0.1");
        output.WriteLine(port.Host.Port);
        var ended = new Deferred();
        reactor.CallInThread(() =>
        {
            while (input.ReadLine() is { } line)
                reactor.CallFromThread(() => Obey(line));
            reactor.CallFromThread(ended.Callback);
        });
        return ended;
    }

    private void Obey(string line)
    {
        switch (line)
        {
            case "fill":
                Fill();
                output.WriteLine("full");
                break;
            case "free":
                Free();
                output.WriteLine("free");
                break;
            case "last":
                using (var lines = new StreamReader(new FileStream(_log, FileMode.Open, FileAccess.Read,
                    FileShare.ReadWrite)))
                {
                    output.WriteLine(lines.ReadToEnd().TrimEnd('\n').Split('\n')[^1]);
                }
                break;
            case "gap":
                output.WriteLine($"{file.Lost} lost, told: "
                    + File.ReadLines(file.Path).LastOrDefault(text => text.Contains(" lost before ")));
                break;
            case "state":
                output.WriteLine($"{log.Lost} lost, {_failures} failures");
                break;
            default:
                output.WriteLine($"what is '{line}'?");
                break;
        }
    }

    /// <summary>To the last byte.</summary>
    private void Fill()
    {
        using FileStream filler = File.Create(_filler, bufferSize: 0);
        try
        {
            while (true)
                filler.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // That was all.
        }
    }

    private void Free() => File.Delete(_filler);

    private sealed class Echo : Protocol
    {
        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            TwistedLog.Msg($"{data.Length} bytes and {new string('.', 100)}");
            Transport.Write(data);
        }
    }
}
