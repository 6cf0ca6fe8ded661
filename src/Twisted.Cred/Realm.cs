namespace Twisted.Cred;

/// <summary>A realm of functions, one for each type of avatar.</summary>
/// <remarks>Twisted has only the interface: <c>IRealm</c>.</remarks>
public sealed class Realm : IRealm
{
    private readonly Dictionary<Type, Func<AvatarId, object?, Deferred<Login>>> _makers = [];

    /// <summary>Says how avatars of a type are made.</summary>
    /// <typeparam name="TAvatar">The type that a protocol asks for.</typeparam>
    /// <param name="make">Is given who it is and the mind.</param>
    /// <returns>This realm.</returns>
    /// <exception cref="ArgumentException">The type is there already.</exception>
    public Realm Add<TAvatar>(Func<AvatarId, object?, Deferred<Login<TAvatar>>> make) where TAvatar : class
    {
        ArgumentNullException.ThrowIfNull(make);
        return Add(typeof(TAvatar), (avatarId, mind) =>
            Deferred.Try(() => make(avatarId, mind)).AddCallback(login => (Login)login));
    }

    /// <summary>Says how avatars of a type are made, where nothing has to be done to log out.</summary>
    /// <typeparam name="TAvatar">The type that a protocol asks for.</typeparam>
    /// <param name="make">Is given who it is.</param>
    /// <returns>This realm.</returns>
    /// <exception cref="ArgumentException">The type is there already.</exception>
    public Realm Add<TAvatar>(Func<AvatarId, TAvatar> make) where TAvatar : class
    {
        ArgumentNullException.ThrowIfNull(make);
        return Add(typeof(TAvatar), (avatarId, _) =>
            Deferred.Succeed<Login>(new Login<TAvatar>(make(avatarId))));
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">It has none of the types.</exception>
    public Deferred<Login> RequestAvatar(AvatarId avatarId, object? mind, IReadOnlyList<Type> interfaces)
    {
        ArgumentNullException.ThrowIfNull(interfaces);
        foreach (Type wanted in interfaces)
        {
            if (_makers.TryGetValue(wanted, out Func<AvatarId, object?, Deferred<Login>>? make))
                return make(avatarId, mind);
        }
        throw new NotSupportedException($"This realm has no avatar of {Printable.Types(interfaces)}; "
            + $"it has {Printable.Types(_makers.Keys)}.");
    }

    private Realm Add(Type type, Func<AvatarId, object?, Deferred<Login>> make)
    {
        if (!_makers.TryAdd(type, make))
            throw new ArgumentException($"This realm makes {type.Name} already.", nameof(type));
        return this;
    }
}
