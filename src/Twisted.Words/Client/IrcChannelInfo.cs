namespace Twisted.Words;

/// <summary>A channel in a list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Users">How many are there, as far as we may know.</param>
/// <param name="Description">Its topic.</param>
public sealed record IrcChannelInfo(string Name, int Users, string Description);
