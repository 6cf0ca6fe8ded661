using Twisted.Cred;

namespace Twisted.Words;

/// <summary>A realm for the IRC server: whoever the checkers know has an account of that name.</summary>
/// <remarks>Reactor thread only. Twisted: <c>InMemoryWordsRealm</c>.</remarks>
public sealed class IrcRealm : IRealm
{
    /// <inheritdoc/>
    public Deferred<Login> RequestAvatar(AvatarId avatarId, object? mind, IReadOnlyList<Type> interfaces)
    {
        ArgumentNullException.ThrowIfNull(avatarId);
        ArgumentNullException.ThrowIfNull(interfaces);
        return interfaces.Contains(typeof(IrcAccount))
            ? Deferred.Succeed(Login.As(new IrcAccount(avatarId.Name)))
            : throw new NotSupportedException($"This realm gives {nameof(IrcAccount)} and nothing else.");
    }
}
