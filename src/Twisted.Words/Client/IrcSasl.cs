using System.Text;
using Twisted.Logging;

namespace Twisted.Words;

/// <summary>How a client proves who it is before it is signed on (IRCv3 SASL).</summary>
public sealed class IrcSasl
{
    private readonly Secret<string> _response;

    private IrcSasl(string mechanism, string response, bool isSecret, bool insecure)
    {
        Mechanism = mechanism;
        _response = new Secret<string>(response);
        NeedsTls = isSecret && !insecure;
    }

    /// <summary>Its name.</summary>
    public string Mechanism { get; }

    /// <summary>Whether it is refused on a connection without TLS.</summary>
    public bool NeedsTls { get; }

    /// <summary>By name and password (RFC 4616).</summary>
    /// <param name="account">The account.</param>
    /// <param name="password">Its password; never logged.</param>
    /// <param name="allowInsecure">Whether it may go over a connection that is not TLS, where anybody reads it.</param>
    /// <exception cref="ArgumentException">There is a NUL in it.</exception>
    public static IrcSasl Plain(string account, string password, bool allowInsecure = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(account);
        ArgumentException.ThrowIfNullOrEmpty(password);
        if (account.Contains('\0', StringComparison.Ordinal) || password.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("An account or a password cannot hold a NUL: it separates them.");
        return new IrcSasl("PLAIN", $"{account}\0{account}\0{password}", isSecret: true, allowInsecure);
    }

    /// <summary>By the certificate of the TLS connection (RFC 4422, appendix A).</summary>
    /// <param name="account">The account; empty for the one that the certificate belongs to.</param>
    public static IrcSasl External(string account = "")
    {
        ArgumentNullException.ThrowIfNull(account);
        return new IrcSasl("EXTERNAL", account, isSecret: false, insecure: false);
    }

    /// <summary>What is sent: base64 in pieces of 400, an empty one after a full one.</summary>
    internal IEnumerable<string> Pieces()
    {
        const int Most = 400;
        string all = Convert.ToBase64String(Encoding.UTF8.GetBytes(_response.Reveal()));
        for (int start = 0; start < all.Length; start += Most)
            yield return all[start..Math.Min(start + Most, all.Length)];
        if (all.Length % Most == 0)
            yield return "+";
    }
}
