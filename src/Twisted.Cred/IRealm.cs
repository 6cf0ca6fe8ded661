namespace Twisted.Cred;

/// <summary>The program's side of a login: knows what somebody who has been checked may use.</summary>
/// <remarks>Reactor thread only. <see cref="Realm"/> makes one of functions. Twisted: <c>IRealm</c>.</remarks>
public interface IRealm
{
    /// <summary>Gives somebody an avatar: the object that acts for him.</summary>
    /// <param name="avatarId">Who it is; checked.</param>
    /// <param name="mind">The client's end of the conversation, where the protocol has one; often null.</param>
    /// <param name="interfaces">What may be given, the most wanted first; at least one.</param>
    /// <returns>
    /// An avatar of one of these types, and how to log out. Cancelled, it must let go of what it has begun. It fails
    /// with <see cref="LoginDeniedException"/> for somebody who may not come in now.
    /// </returns>
    Deferred<Login> RequestAvatar(AvatarId avatarId, object? mind, IReadOnlyList<Type> interfaces);
}
