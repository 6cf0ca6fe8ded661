namespace Twisted.Words;

/// <summary>What a realm gives to the IRC server: who somebody is. Twisted: the avatar of <c>WordsRealm</c>.</summary>
/// <param name="Name">
/// The name of the account, shown to everybody: one word; null for somebody who is let in without a name.
/// </param>
public sealed record IrcAccount(string? Name);
