using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;

namespace Twisted.Faults;

/// <summary>
/// An echo server and a client in one, which say what becomes of each connection. It obeys lines on its input, and
/// each is answered by one line, when there is an answer; the end of the input ends it.
/// </summary>
internal sealed class ServiceHost
{
    private readonly IReactor _reactor;
    private readonly TextWriter _output;
    private readonly List<string> _lost = [];
    private (int Count, Action Told)? _waiting;
    private Talker? _client;
    private Action? _sate;
    private int _failures;

    private ServiceHost(IReactor reactor, TextWriter output)
    {
        _reactor = reactor;
        _output = output;
        reactor.UnhandledFailure += _ => _failures++;
    }

    /// <summary>How many connections to it are open.</summary>
    private int Open { get; set; }

    /// <param name="kind">Of the reactor.</param>
    /// <param name="endpoint">Where it listens.</param>
    /// <param name="input">What it is told.</param>
    /// <param name="output">What it says; its port first.</param>
    internal static int Run(ReactorKind kind, string endpoint, TextReader input, TextWriter output)
    {
        var options = new ReactorOptions { Kind = kind, Logging = NullLoggerFactory.Instance, HandleSignals = false };
        return Reactor.Run(async reactor =>
        {
            var host = new ServiceHost(reactor, output);
            IListeningPort port = await Endpoints.Server(reactor, endpoint)
                .Listen(Factory.For(() => new Echo(host)));
            output.WriteLine(port.Host.Port);
            var ended = new Deferred();
            reactor.CallInThread(() =>
            {
                while (input.ReadLine() is { } line)
                    reactor.CallFromThread(() => host.Obey(line.Split(' ')));
                reactor.CallFromThread(ended.Callback);
            });
            await ended;
        }, options);
    }

    private void Obey(string[] words)
    {
        switch (words)
        {
            case ["client", var endpoint]:
                Connect(endpoint);
                break;
            case ["listen", var endpoint]:
                Listen(endpoint);
                break;
            case ["talk", var count]:
                _client!.Talk(Number(count), _output.WriteLine);
                break;
            case ["write", var count]: // and nobody waits for it
                _client!.Talk(Number(count), _ => { });
                _output.WriteLine("written");
                break;
            case ["ended"]:
                _client!.Ended.AddCallback(_output.WriteLine);
                break;
            case ["lost", var count]:
                _waiting = (Number(count), () => _output.WriteLine(string.Join(" ; ", _lost)));
                TellLost();
                break;
            case ["state"]:
                _output.WriteLine($"{Open} open, {_failures} failures");
                break;
            case ["later", var milliseconds]:
                Later(TimeSpan.FromMilliseconds(Number(milliseconds)));
                break;
            case ["starve"]:
                Starve();
                break;
            case ["sate"]:
                _sate!();
                _output.WriteLine("sated");
                break;
            case ["names"]:
                NameServer.Listen(_reactor);
                _output.WriteLine("answering");
                break;
            case ["resolve", var name]:
                Resolve(name);
                break;
            default:
                _output.WriteLine($"what is '{string.Join(' ', words)}'?");
                break;
        }
    }

    private void Connect(string endpoint)
    {
        var client = new Talker();
        _client = client;
        Endpoints.Client(_reactor, endpoint).Connect(Factory.For(() => client)).AddCallbacks(
            _ => _output.WriteLine("made"),
            failure => _output.WriteLine($"failed {Text(failure)}"));
    }

    private void Listen(string endpoint) =>
        Endpoints.Server(_reactor, endpoint).Listen(Factory.For(() => new Echo(this))).AddCallbacks(
            port => _output.WriteLine($"listening on {port.Host}"),
            failure => _output.WriteLine($"failed {Text(failure)}"));

    /// <summary>A timer, and how far the wall clock has gone meanwhile.</summary>
    private void Later(TimeSpan delay)
    {
        DateTime began = DateTime.UtcNow;
        TimeSpan start = _reactor.Now;
        _reactor.CallLater(delay, () => _output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(_reactor.Now - start).TotalMilliseconds:F0} {(DateTime.UtcNow - began).TotalSeconds:F0}")));
        _output.WriteLine("set");
    }

    /// <summary>Every thread that .NET's pool may have waits until they are sated.</summary>
    private void Starve()
    {
        const int threads = 4;
        ThreadPool.SetMinThreads(threads, threads);
        ThreadPool.SetMaxThreads(threads, threads);
        var gate = new ManualResetEventSlim();
        _sate = gate.Set;
        int stuck = 0;
        for (int i = 0; i < threads; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ =>
            {
                if (Interlocked.Increment(ref stuck) == threads)
                    _reactor.CallFromThread(() => _output.WriteLine("starved"));
                gate.Wait();
            }, null);
        }
    }

    private void Resolve(string name) =>
        ((IReactorNames)_reactor).Resolve(name).AddCallbacks(
            addresses => _output.WriteLine($"{name} {addresses.Count} {addresses[0]} {addresses[^1]}"),
            failure => _output.WriteLine($"{name} {Text(failure)}"));

    private void Lost(Exception reason)
    {
        Open--;
        _lost.Add(Text(reason));
        TellLost();
    }

    private void TellLost()
    {
        if (_waiting is not { } waiting || _lost.Count < waiting.Count)
            return;
        _waiting = null;
        waiting.Told();
    }

    private static string Text(Exception failure) => $"{failure.GetType().Name}: {failure.Message}";

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Sends back what comes; <c>oom!</c> at the start of it asks for more memory than there is.</summary>
    private sealed class Echo(ServiceHost host) : Protocol
    {
        protected override void ConnectionMade() => host.Open++;

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            if (data.StartsWith("oom!"u8))
                Transport.Write(new byte[1 << 30]);
            Transport.Write(data);
        }

        protected override void ConnectionLost(Exception reason) => host.Lost(reason);
    }

    /// <summary>Says bytes that depend on their place, and looks whether just these come back.</summary>
    private sealed class Talker : Protocol
    {
        private readonly Queue<(long End, Action<string> Answer)> _awaited = [];
        private long _said;
        private long _heard;
        private bool _isWhole = true;

        /// <summary>Fires with the reason.</summary>
        internal Deferred<string> Ended { get; } = new();

        internal void Talk(int count, Action<string> answer)
        {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++)
                bytes[i] = ByteAt(_said + i);
            _said += count;
            _awaited.Enqueue((_said, answer));
            Transport.Write(bytes);
        }

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            foreach (byte one in data)
                _isWhole &= one == ByteAt(_heard++);
            while (_awaited.TryPeek(out (long End, Action<string> Answer) next) && next.End <= _heard)
                _awaited.Dequeue().Answer(_isWhole ? "whole" : "damaged");
        }

        protected override void ConnectionLost(Exception reason)
        {
            while (_awaited.TryDequeue(out (long End, Action<string> Answer) next))
                next.Answer($"lost {Text(reason)}");
            Ended.Callback(Text(reason));
        }

        private static byte ByteAt(long place) => (byte)(place * 31 + (place >> 8) * 7 + (place >> 16));
    }
}
