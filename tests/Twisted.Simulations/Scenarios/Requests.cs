using System.Globalization;
using System.Text;
using Twisted.Protocols;
using Twisted.Testing;
using static System.TimeSpan;

namespace Twisted.Simulations.Scenarios;

/// <summary>Each request has an answer or a timeout, and an answer that comes too late harms nobody.</summary>
internal static class Requests
{
    private const int Port = 4000;
    private const int Count = 8;

    internal static void InTime(Simulation sim)
    {
        sim.Uneven().Latency(Zero, FromSeconds(2));
        sim.Host("server").Reactor.ListenTcp(Port, Factory.For(() => new Answering()));
        var asking = new Asking(sim.Host("client").Reactor);
        sim.Host("client").Reactor.ConnectTcp("server", Port, ClientFactory.For(() => asking));
        sim.Finish(asking.Ended);
        Check.That(asking.Answered + asking.TimedOut == Count, "each request has an end, one");
    }

    private sealed class Answering : LineReceiver
    {
        protected override void LineReceived(ReadOnlySpan<byte> line) => SendLine(line);
    }

    private sealed class Asking(IReactorTime clock) : LineReceiver
    {
        private readonly Queue<Deferred<string>> _unanswered = [];

        internal Deferred Ended { get; } = new();

        internal int Answered { get; private set; }

        internal int TimedOut { get; private set; }

        protected override void ConnectionMade()
        {
            for (int i = 0; i < Count; i++)
            {
                string text = i.ToString(CultureInfo.InvariantCulture);
                SendLine(text);
                var answer = new Deferred<string>();
                _unanswered.Enqueue(answer);
                answer.AddTimeout(FromSeconds(1), clock).AddBoth(outcome => Told(text, outcome));
            }
        }

        protected override void LineReceived(ReadOnlySpan<byte> line)
        {
            _unanswered.Dequeue().Callback(Encoding.ASCII.GetString(line));
            if (_unanswered.Count == 0)
                Transport.LoseConnection();
        }

        protected override void ConnectionLost(Exception reason) => Ended.Callback();

        private void Told(string text, Outcome<string> outcome)
        {
            Check.That(outcome.IsSuccess ? outcome.Value == text : outcome.Failure is TimeoutException,
                "what comes is the answer, or the timeout");
            if (outcome.IsSuccess)
                Answered++;
            else
                TimedOut++;
        }
    }
}
