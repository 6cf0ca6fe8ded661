namespace Twisted.Words;

/// <summary>What a client has asked for (IRCv3).</summary>
[Flags]
internal enum IrcCapabilities : ushort
{
    None = 0,
    ServerTime = 1,     // the first three decide on tags: OutgoingMessage counts on their values
    AccountTag = 2,
    MessageTags = 4,
    Tags = ServerTime | AccountTag | MessageTags,
    MultiPrefix = 8,
    EchoMessage = 16,
    AccountNotify = 32,
    AwayNotify = 64,
    ExtendedJoin = 128,
    InviteNotify = 256,
    UserhostInNames = 512,
    CapNotify = 1024,
    Sasl = 2048,
}
