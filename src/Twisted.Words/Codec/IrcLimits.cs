namespace Twisted.Words;

/// <summary>How long messages may be, in bytes.</summary>
public static class IrcLimits
{
    /// <summary>A message without its tags, with CR and LF (RFC 2812, 2.3).</summary>
    public const int Message = 512;

    /// <summary>The tags that a server sends, with the at sign and the blank (IRCv3 message tags).</summary>
    public const int ServerTags = 8191;

    /// <summary>The tags that a client sends, with the at sign and the blank.</summary>
    public const int ClientTags = 4096;
}
