namespace Twisted.Cred;

/// <summary>The hash of HTTP digests.</summary>
public enum DigestAlgorithm
{
    /// <summary>MD5 (RFC 2617): for clients that know nothing else.</summary>
    Md5,

    /// <summary>SHA-256 (RFC 7616).</summary>
    Sha256,
}
