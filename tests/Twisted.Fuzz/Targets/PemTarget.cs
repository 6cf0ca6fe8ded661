namespace Twisted.Fuzzing;

/// <summary>Files of certificates and keys.</summary>
internal sealed class PemTarget() : FuzzTarget("pem")
{
    private readonly string _file = Path.GetFullPath($"pem-{Guid.NewGuid():N}.pem");

    internal override int Limit => 1024 * 1024;

    internal override bool IsStream => false;

    internal override int AllocationBase => 256 * 1024;

    internal override IReadOnlyList<byte[]> Tokens => Words(
        "-----BEGIN CERTIFICATE-----\n", "-----END CERTIFICATE-----\n", "-----BEGIN PRIVATE KEY-----\n",
        "-----END PRIVATE KEY-----\n", "-----BEGIN ENCRYPTED PRIVATE KEY-----\n", "-----BEGIN EC PRIVATE KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----\n", "-----BEGIN ", "-----END ", "-----", "MII", "====", "\n", "\r\n", "\0");

    internal override void Run(ReadOnlySpan<byte> input, IReadOnlyList<int> sizes, Outcome outcome)
    {
        File.WriteAllBytes(_file, input);
        var (certificate, chain) = PemFile.ReadPair(_file, _file);
        outcome.Add("certificate", certificate.RawDataMemory.Span);
        certificate.Dispose();
        foreach (var one in chain)
            one.Dispose();
    }

    internal override bool IsOwnError(Exception failure) => failure is InvalidDataException;
}
