using System.Text;
using Twisted.Testing;

namespace Twisted.Tests.Framing;

/// <summary>RELIABILITY R9 and R12: work and memory follow the bytes received, for any chunking.</summary>
public class LinearWorkTests
{
    private const int Size = 20_000;

    private static readonly Dictionary<string, Func<(IProtocol Protocol, Func<long> Work)>> Makers = new()
    {
        ["line"] = () => With(new LineProbe { Limit = int.MaxValue - 2 }, p => p.Work),
        ["lineonly"] = () => With(new LineOnlyProbe { Limit = int.MaxValue }, p => p.Work),
        ["netstring"] = () => With(new NetstringProbe(Unlimited()), p => p.Work),
        ["int8"] = () => With(new Int8StringProbe(Unlimited()), p => p.Work),
        ["int16"] = () => With(new Int16StringProbe(Unlimited()), p => p.Work),
        ["int32"] = () => With(new Int32StringProbe(Unlimited()), p => p.Work),
        ["sequential"] = () => With(new ConversationProbe(async p =>
        {
            while (await p.Line(int.MaxValue - 2) is not null) { }
        }), p => p.Work),
    };

    public static TheoryData<string> Names() => [.. Makers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void One_long_message_in_single_bytes_costs_work_in_proportion(string name) =>
        AssertLinear(name, size => OneMessage(name, size), chunk: 1);

    [Theory]
    [MemberData(nameof(Names))]
    public void Small_messages_in_odd_chunks_cost_work_in_proportion(string name) =>
        AssertLinear(name, size => SmallMessages(name, size), chunk: 7);

    [Theory]
    [MemberData(nameof(Names))]
    public void Small_messages_in_one_chunk_cost_work_in_proportion(string name) =>
        AssertLinear(name, size => SmallMessages(name, size), chunk: int.MaxValue);

    [Fact]
    public void Changes_between_lines_and_raw_bytes_in_one_chunk_cost_work_in_proportion()
    {
        long[] work = new long[2];
        for (int i = 0; i < 2; i++)
        {
            var protocol = new Switching();
            StringTransport.Connect(protocol);
            int count = i == 0 ? 2_000 : 8_000;
            ((IProtocol)protocol).DataReceived(Bytes.Of(string.Concat(Enumerable.Repeat("raw\r\n123", count))));
            Assert.Equal(count, protocol.Count);
            work[i] = protocol.Work;
        }
        Assert.InRange(work[1], 1, work[0] * 5);
    }

    [Fact]
    public void A_promised_length_reserves_nothing()
    {
        var log = Unlimited();
        IProtocol refusing = new Int32StringProbe(new StringLog { OnTooLong = _ => { } });
        IProtocol accepting = new Int32StringProbe(log); // 2 GiB - 1 are welcome
        IProtocol netstring = new NetstringProbe(log);
        byte[] most = [0xff, 0xff, 0xff, 0xff];
        byte[] accepted = [0x7f, 0xff, 0xff, 0xff, 1, 2, 3];
        byte[] net = "2147483647:abc"u8.ToArray();
        foreach (IProtocol protocol in new[] { refusing, accepting, netstring })
            StringTransport.Connect(protocol);

        long before = GC.GetAllocatedBytesForCurrentThread();
        refusing.DataReceived(most);
        accepting.DataReceived(accepted);
        netstring.DataReceived(net);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4095);
    }

    [Fact]
    public void Receiving_allocates_nothing_for_each_message()
    {
        AssertNoAllocation(new SilentLines(), "a line of some length\r\n"u8.ToArray());
        AssertNoAllocation(new SilentOnlyLines(), "a line of some length\r\n"u8.ToArray());
        AssertNoAllocation(new SilentNetstrings(), "21:a line of some length,"u8.ToArray());
        AssertNoAllocation(new SilentInt32Strings(), [0, 0, 0, 21, .. "a line of some length"u8]);
    }

    [Fact]
    public void An_idle_receiver_that_was_busy_gives_its_memory_back()
    {
        var probe = new LineProbe { Limit = 1 << 20 };
        StringTransport.Connect(probe);
        for (int i = 0; i < 3; i++)
        {
            probe.Give(new string('x', 100_000));
            probe.Give("\r\nrest");
            Assert.True(probe.Capacity <= 1024, $"a rest of 4 bytes holds {probe.Capacity}");
            probe.Give("\r\n");
            Assert.Equal(0, probe.Capacity);
        }
    }

    [Fact]
    public void What_a_large_chunk_leaves_keeps_no_more_than_twice_the_longest_line()
    {
        var probe = new LineProbe { Limit = 17_000 };
        StringTransport.Connect(probe);
        probe.Give(new string('x', 9_000));
        probe.Give("\r\n" + string.Concat(Enumerable.Repeat("a line\r\n", 5_000)) + new string('y', 16_900));
        Assert.InRange(probe.Capacity, 16_900, 2 * 17_000);
    }

    private static void AssertNoAllocation(IProtocol protocol, byte[] message)
    {
        StringTransport.Connect(protocol);
        // Whole messages, and chunks that never end with one: 1, 2 and 3 messages and a half.
        byte[] stream = [.. Enumerable.Repeat(message, 14).SelectMany(m => m)];
        int size = message.Length;
        int[] cuts = [size, size * 5 / 2, size * 9 / 2, size * 8, stream.Length];
        // A collection in another test may empty the pool, whose next array is a new one: so the best of ten rounds.
        long least = long.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
                Play();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
        Assert.Equal(10 * 100 * 14, ((ICounts)protocol).Count);

        void Play()
        {
            int start = 0;
            foreach (int end in cuts)
            {
                protocol.DataReceived(stream.AsSpan(start..end));
                start = end;
            }
        }
    }

    private static void AssertLinear(string name, Func<int, byte[]> stream, int chunk)
    {
        long small = WorkFor(name, stream(Size), chunk);
        long large = WorkFor(name, stream(Size * 4), chunk);
        Assert.InRange(large, 0, Math.Max(small, Size) * 5);
        Assert.InRange(small, 0, Size * 8L);
    }

    private static long WorkFor(string name, byte[] stream, int chunk)
    {
        (IProtocol protocol, Func<long> work) = Makers[name]();
        StringTransport.Connect(protocol);
        for (int start = 0; start < stream.Length; start += Math.Min(chunk, stream.Length - start))
            protocol.DataReceived(stream.AsSpan(start, Math.Min(chunk, stream.Length - start)));
        return work();
    }

    private static byte[] OneMessage(string name, int size) => Message(name, new string('x', name switch
    {
        "int8" => Math.Min(size, 255),
        "int16" => Math.Min(size, 65535),
        _ => size,
    }));

    private static byte[] SmallMessages(string name, int size)
    {
        byte[] message = Message(name, "");
        return [.. Enumerable.Repeat(message, size / message.Length).SelectMany(m => m)];
    }

    private static byte[] Message(string name, string text)
    {
        int n = text.Length;
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        return name switch
        {
            "netstring" => Bytes.Of($"{n}:{text},"),
            "int8" => [(byte)n, .. bytes],
            "int16" => [(byte)(n >> 8), (byte)n, .. bytes],
            "int32" => [(byte)(n >> 24), (byte)(n >> 16), (byte)(n >> 8), (byte)n, .. bytes],
            _ => Bytes.Of(text + "\r\n"),
        };
    }

    private static StringLog Unlimited() => new() { Limit = int.MaxValue };

    private static (IProtocol, Func<long>) With<T>(T protocol, Func<T, long> work) where T : IProtocol =>
        (protocol, () => work(protocol));

    private interface ICounts
    {
        int Count { get; }
    }

    private sealed class SilentLines : LineReceiver, ICounts
    {
        public int Count { get; private set; }

        protected override void LineReceived(ReadOnlySpan<byte> line) => Count++;
    }

    private sealed class SilentOnlyLines : LineOnlyReceiver, ICounts
    {
        public int Count { get; private set; }

        protected override void LineReceived(ReadOnlySpan<byte> line) => Count++;
    }

    private sealed class SilentNetstrings : NetstringReceiver, ICounts
    {
        public int Count { get; private set; }

        protected override void StringReceived(ReadOnlySpan<byte> data) => Count++;
    }

    private sealed class SilentInt32Strings : Int32StringReceiver, ICounts
    {
        public int Count { get; private set; }

        protected override void StringReceived(ReadOnlySpan<byte> data) => Count++;
    }

    private sealed class Switching : LineReceiver
    {
        internal int Count { get; private set; }

        internal long Work => Received.Work;

        protected override void LineReceived(ReadOnlySpan<byte> line) => SetRawMode();

        protected override void RawDataReceived(ReadOnlySpan<byte> data)
        {
            Count++;
            SetLineMode(data[3..]);
        }
    }
}
