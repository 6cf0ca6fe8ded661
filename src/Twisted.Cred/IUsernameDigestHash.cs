namespace Twisted.Cred;

/// <summary>A proof that can be judged with a hash of name, realm and password: <c>H(A1)</c> of HTTP digests.</summary>
/// <remarks>Twisted: <c>IUsernameDigestHash</c>.</remarks>
public interface IUsernameDigestHash : ICredentials
{
    /// <summary>Whether the proof was made with the password behind this hash. Any thread.</summary>
    /// <param name="digestHash">
    /// In hexadecimal digits, as <see cref="DigestCredentials.Hash"/> makes it. Who reads it can log in with it.
    /// </param>
    bool CheckHash(string digestHash);
}
