using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Twisted.Faults;

/// <summary>
/// A name server (RFC 1035) with answers that nobody likes, on UDP and TCP, for a network of its own: the names say
/// which.
/// </summary>
internal static class NameServer
{
    private const int Port = 53;
    private const int MostAddresses = 1200;
    private const int HeaderBytes = 12;
    private const ushort Address4 = 1;  // A
    private const ushort Address6 = 28; // AAAA
    private const ushort LongestDatagram = 512;
    private const byte ServerFailure = 2;
    private const byte NoSuchName = 3;

    internal static void Listen(IReactor reactor)
    {
        reactor.ListenUdp(Port, new Datagrams(), "127.0.0.1");
        reactor.ListenTcp(Port, Factory.For(() => new Stream()), "127.0.0.1");
    }

    /// <summary>The answer; null is silence.</summary>
    private static byte[]? Answer(ReadOnlySpan<byte> question)
    {
        string name = NameIn(question, out int end);
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(question[end..]);
        byte[] asked = question[..(end + 4)].ToArray(); // with type and class
        return name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') switch
        {
            "none.test" => Reply(asked, NoSuchName, []),
            "broken.test" => Reply(asked, ServerFailure, []),
            "silent.test" or "silent" => null,
            "one.test" when type == Address4 => Reply(asked, 0, [IPAddress.Loopback]),
            "six.test" when type == Address6 => Reply(asked, 0, [IPAddress.IPv6Loopback]),
            "many.test" when type == Address4 => Reply(asked, 0, Enumerable.Range(0, MostAddresses)
                .Select(i => new IPAddress([10, 1, (byte)(i >> 8), (byte)i]))),
            _ => Reply(asked, 0, []), // the name is there, and has no address of this kind
        };
    }

    private static string NameIn(ReadOnlySpan<byte> question, out int end)
    {
        var labels = new List<string>();
        int at = HeaderBytes;
        for (; question[at] != 0; at += question[at] + 1)
            labels.Add(Encoding.ASCII.GetString(question.Slice(at + 1, question[at])));
        end = at + 1;
        return string.Join('.', labels);
    }

    private static byte[] Reply(byte[] asked, byte code, IEnumerable<IPAddress> addresses)
    {
        var reply = new List<byte>(asked);
        int count = 0;
        foreach (byte[] address in addresses.Select(one => one.GetAddressBytes()))
        {
            bool isFour = address.Length == 4;
            reply.AddRange([0xC0, HeaderBytes, 0, (byte)(isFour ? Address4 : Address6), 0, 1, 0, 0, 0, 60, 0]);
            reply.Add((byte)address.Length);
            reply.AddRange(address);
            count++;
        }
        byte[] bytes = [.. reply];
        bytes[2] = 0x84; // a response, with authority
        bytes[3] = (byte)(0x80 | code);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), (ushort)count);
        bytes.AsSpan(8, 4).Clear(); // no other records: the question's EDNS is ignored
        return bytes;
    }

    private sealed class Datagrams : DatagramProtocol
    {
        protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from)
        {
            if (Answer(data) is not { } answer)
                return;
            if (answer.Length > LongestDatagram)
            {
                answer = answer[..LongestDatagram];
                answer[2] |= 2; // cut off: ask by TCP
            }
            Transport.Write(answer, from);
        }
    }

    private sealed class Stream : Int16StringReceiver
    {
        protected override int MaxLength => ushort.MaxValue;

        protected override void StringReceived(ReadOnlySpan<byte> data)
        {
            if (Answer(data) is { } answer)
                SendString(answer);
        }
    }
}
