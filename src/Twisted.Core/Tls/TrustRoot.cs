using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Twisted.Internet;

/// <summary>Whose signature makes a peer's certificate good.</summary>
/// <remarks>
/// Twisted: <c>platformTrust</c>, <c>trustRootFromCertificates</c>, a <c>Certificate</c> as trustRoot.
/// </remarks>
public abstract class TrustRoot
{
    private protected TrustRoot() { }

    /// <summary>The authorities that this machine trusts. Twisted: <c>platformTrust()</c>.</summary>
    public static TrustRoot Platform { get; } = new PlatformTrust();

    /// <summary>These authorities and no others. Twisted: <c>trustRootFromCertificates</c>.</summary>
    /// <param name="authorities">Their certificates.</param>
    public static TrustRoot Of(params IEnumerable<X509Certificate2> authorities)
    {
        ArgumentNullException.ThrowIfNull(authorities);
        var given = new GivenTrust([.. authorities]);
        return given.Count > 0
            ? given
            : throw new ArgumentException("Name at least one certificate to trust.", nameof(authorities));
    }

    /// <summary>
    /// One certificate, the peer's own, whoever signed it: its date and name must still be right.
    /// </summary>
    /// <param name="certificate">The certificate.</param>
    public static TrustRoot Pinned(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new PinnedTrust(certificate);
    }

    /// <summary>How the chain of the peer's certificate is built and checked.</summary>
    internal abstract X509ChainPolicy Policy();

    /// <summary>
    /// What is asked of the certificate besides; null leaves all to the policy: then a failure tells what was wrong,
    /// which after a callback's no it cannot.
    /// </summary>
    internal virtual RemoteCertificateValidationCallback? Verification => null;

    /// <summary>The loop must not wait for downloads.</summary>
    private static X509ChainPolicy Offline() => new()
    {
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };

    private sealed class PlatformTrust : TrustRoot
    {
        internal override X509ChainPolicy Policy() => Offline();
    }

    private class GivenTrust(X509Certificate2Collection authorities) : TrustRoot
    {
        internal int Count => authorities.Count;

        internal override X509ChainPolicy Policy()
        {
            X509ChainPolicy policy = Offline();
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(authorities);
            return policy;
        }
    }

    private sealed class PinnedTrust(X509Certificate2 pinned) : GivenTrust([pinned])
    {
        internal override X509ChainPolicy Policy()
        {
            X509ChainPolicy policy = base.Policy();
            policy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
            return policy;
        }

        internal override RemoteCertificateValidationCallback Verification => (_, certificate, _, errors) =>
            errors == SslPolicyErrors.None && certificate is X509Certificate2 peers
                && CryptographicOperations.FixedTimeEquals(peers.RawData, pinned.RawData);
    }
}
