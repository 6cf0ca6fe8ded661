using System.Text;

namespace Twisted.Fuzzing;

/// <summary>Host names, before they are looked up: IDNA, lengths, characters.</summary>
internal sealed class HostNameTarget() : FuzzTarget("hostname")
{
    internal override int Limit => 254;

    internal override bool IsStream => false;

    internal override IReadOnlyList<byte[]> Tokens => Words(
        ".", "..", "-", "_", "xn--", "xn--a", "localhost", "127.0.0.1", "\u00c3\u00bc", "\u00e3\u0080\u0082", "\u00ff",
        "\u00e2\u0080\u008d", "\u00ef\u00bc\u008e", " ", "\u007f", "\0", new string('a', 63), new string('a', 64));

    internal override void Run(ReadOnlySpan<byte> input, IReadOnlyList<int> sizes, Outcome outcome)
    {
        // What is no UTF-8 is a lone surrogate: text of a program may have one.
        string name = Encoding.UTF8.GetString(input).Replace('\ufffd', '\ud800');
        outcome.Add("name", Encoding.UTF8.GetBytes(HostNames.ToAscii(name)));
    }

    internal override bool IsOwnError(Exception failure) => failure is DnsLookupException;

    internal override void Verify(ReadOnlySpan<byte> input, Outcome outcome)
    {
        if (outcome.Events is not [{ Kind: "name", Payload: var payload }])
            return;
        string name = Encoding.UTF8.GetString(payload);
        if (!Ascii.IsValid(payload) || payload.Length > Limit || name.Any(c => c <= ' '))
            throw new DefectException("name", $"'{name}' is no name for DNS");
        string again = HostNames.ToAscii(name);
        if (again != name)
            throw new DefectException("roundtrip", $"'{name}' becomes '{again}' when it is read again");
    }
}
