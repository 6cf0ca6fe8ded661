using System.Net;

namespace Twisted.Fuzzing;

/// <summary>The address of a peer as Linux gives it: the name of a UNIX socket is the peer's own choice.</summary>
internal sealed class SocketAddressTarget() : FuzzTarget("sockaddr")
{
    internal override int Limit => SocketAddressBytes.Longest;

    internal override bool IsStream => false;

    internal override IReadOnlyList<byte[]> Tokens =>
        Words("\u0001\0", "\u0002\0", "\u000a\0", "\0", "/", "\u00c3", "\u00ff", "\u0000\u0000\u0001\u00bb");

    internal override void Run(ReadOnlySpan<byte> input, IReadOnlyList<int> sizes, Outcome outcome)
    {
        EndPoint read = SocketAddressBytes.Read(input);
        byte[] again = new byte[SocketAddressBytes.Longest];
        int length = SocketAddressBytes.Write(read, again);
        outcome.Add("address", System.Text.Encoding.UTF8.GetBytes($"{read}"));
        outcome.Encoded = again[..length];
    }

    internal override void Verify(ReadOnlySpan<byte> input, Outcome outcome)
    {
        string address = System.Text.Encoding.UTF8.GetString(outcome.Events[0].Payload);
        string again = $"{SocketAddressBytes.Read(outcome.Encoded)}";
        if (address != again)
            throw new DefectException("roundtrip", $"'{address}', written again, is '{again}'");
    }

    /// <summary>The system never gives more, and an internet address is always whole.</summary>
    internal override byte[] Repair(byte[] input, FuzzRandom random)
    {
        byte[] address = input.Length > Limit ? input[..Limit] : input;
        bool isInternet = address is [_, _, _, ..] and not [1, 0, ..];
        if (isInternet && address.Length < 28)
            Array.Resize(ref address, 28);
        return address;
    }
}
