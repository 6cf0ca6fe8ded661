using System.Text;
using BenchmarkDotNet.Attributes;
using Twisted.Words;

namespace Twisted.Benchmarks.Micro;

/// <summary>Messages of IRC that are read: the time is that of one message, with all of its parts.</summary>
public class IrcBenchmarks
{
    private const int Messages = 1000;

    private byte[] _message = [];

    /// <summary>Which message.</summary>
    [Params("PRIVMSG", "JOIN", "353")]
    public string Command { get; set; } = "";

    [GlobalSetup]
    public void Choose()
    {
        _message = Encoding.ASCII.GetBytes(Command switch // as in twisted_micro.py
        {
            "PRIVMSG" => ":ada!~ada@host.example.net PRIVMSG #engines :the engine weaves algebraical patterns",
            "JOIN" => ":ada!~ada@host.example.net JOIN #engines",
            _ => ":irc.example.net 353 bot = #engines :@ada +charles bot grace edsger barbara donald alan",
        });
        Warmth.Bring(() => Read());
    }

    [Benchmark(Description = "parse", OperationsPerInvoke = Messages)]
    public int Read()
    {
        int sum = 0;
        for (int i = 0; i < Messages; i++)
        {
            if (!IrcMessage.TryParse(_message, out IrcMessage message))
                throw new InvalidOperationException("It is a message.");
            sum += message.Prefix.Length + message.Command.Length;
            foreach (ReadOnlySpan<byte> parameter in message.Parameters)
                sum += parameter.Length;
        }
        return sum;
    }
}
