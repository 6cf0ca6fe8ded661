namespace Twisted.Cred;

/// <summary>Somebody whom the program has checked by other means: a client certificate, the user of a socket.</summary>
/// <remarks>
/// Only a portal with a <see cref="PreauthenticatedChecker"/> takes it. Never make one of what a peer says.
/// </remarks>
public sealed class Preauthenticated : ICredentials
{
    /// <summary>Credentials that count without a check.</summary>
    /// <param name="avatarId">Who it is.</param>
    public Preauthenticated(AvatarId avatarId)
    {
        ArgumentNullException.ThrowIfNull(avatarId);
        AvatarId = avatarId;
    }

    /// <summary>Who it is.</summary>
    public AvatarId AvatarId { get; }

    /// <inheritdoc/>
    public string? Username => AvatarId.Name;

    /// <summary>The name, made safe to print.</summary>
    public override string ToString() => $"Preauthenticated {AvatarId}";
}
