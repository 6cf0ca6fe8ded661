using System.Security.Cryptography;

namespace Twisted.Channels;

/// <summary>What both sides have said first, and the proofs over it: who knows the secret can make them.</summary>
/// <remarks>
/// A proof is HMAC-SHA256 with the secret over the role of the one who proves, the Hello of the one who has connected
/// and the Hello of the other: so over both nonces, numbers and limits. A proof of another connection fails because of
/// our nonce, one that is sent back to its maker because of the role. The one who has connected proves first: a
/// stranger who connects learns nothing that a secret could be guessed with.
/// </remarks>
internal sealed class Handshake
{
    private readonly ReadOnlyMemory<byte> _secret;
    private readonly bool _hasConnected;
    private byte[] _theirs = [];

    internal Handshake(NodeOptions options, bool hasConnected)
    {
        _secret = options.SharedSecret;
        _hasConnected = hasConnected;
        Span<byte> nonce = stackalloc byte[Wire.NonceLength];
        RandomNumberGenerator.Fill(nonce);
        Ours = Wire.Hello(options.Id, options.MaxFrame, nonce);
    }

    /// <summary>Our Hello.</summary>
    internal byte[] Ours { get; }

    /// <summary>The number that the other side says it has.</summary>
    internal int Id => Wire.IdOf(_theirs);

    /// <summary>The longest frame that it reads.</summary>
    internal int MaxFrame => Wire.MaxFrameOf(_theirs);

    /// <summary>Its Hello has come.</summary>
    internal void Heard(ReadOnlySpan<byte> hello) => _theirs = hello.ToArray();

    /// <summary>Writes our proof.</summary>
    internal void Prove(Span<byte> proof) => Compute(_hasConnected, proof);

    /// <summary>Whether that is the other side's proof. It takes as long whatever is wrong.</summary>
    internal bool IsProof(ReadOnlySpan<byte> proof)
    {
        Span<byte> expected = stackalloc byte[Wire.ProofLength];
        Compute(!_hasConnected, expected);
        return CryptographicOperations.FixedTimeEquals(expected, proof);
    }

    private void Compute(bool ofTheOneWhoConnected, Span<byte> proof)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret.Span);
        hash.AppendData(ofTheOneWhoConnected ? "TWCH connector"u8 : "TWCH acceptor "u8); // of one length
        hash.AppendData(_hasConnected ? Ours : _theirs);
        hash.AppendData(_hasConnected ? _theirs : Ours);
        hash.GetHashAndReset(proof);
    }
}
