namespace Twisted.Cred;

/// <summary>What a login gives: an avatar, the type it was asked for by, and the way out.</summary>
/// <remarks>Reactor thread only. Twisted: the triple of <c>Portal.login</c>.</remarks>
public abstract class Login
{
    private readonly Func<Deferred>? _atLogout;
    private List<Deferred>? _waiting;
    private bool _isOut;

    private protected Login(Type type, object avatar, Func<Deferred>? logout)
    {
        ArgumentNullException.ThrowIfNull(avatar);
        Interface = type;
        UntypedAvatar = avatar;
        _atLogout = logout;
    }

    /// <summary>Which of the wanted types the avatar is given as.</summary>
    public Type Interface { get; }

    /// <summary>The avatar, for those who do not know its type.</summary>
    public object UntypedAvatar { get; }

    /// <summary>Whether <see cref="Logout"/> has been called.</summary>
    public bool IsLoggedOut { get; private set; }

    /// <summary>
    /// A login for a realm to return: <c>Deferred.Succeed(Login.As&lt;IMailbox&gt;(box, box.Close))</c>.
    /// </summary>
    /// <typeparam name="TAvatar">The type that was asked for.</typeparam>
    /// <param name="avatar">The avatar.</param>
    /// <param name="logout">Called once, at the end.</param>
    public static Login As<TAvatar>(TAvatar avatar, Action? logout = null) where TAvatar : class =>
        new Login<TAvatar>(avatar, logout);

    /// <summary>Ends it. Whoever logs in must call this when the user has gone, however that came about.</summary>
    /// <returns>
    /// Fires when the realm is done. The realm hears of the first call only; later ones wait for it, and only the first
    /// is told of a failure.
    /// </returns>
    public Deferred Logout()
    {
        if (_isOut)
            return Deferred.Succeed();
        if (IsLoggedOut)
        {
            var waiting = new Deferred();
            (_waiting ??= []).Add(waiting);
            return waiting;
        }
        IsLoggedOut = true;
        return Deferred.Try(_atLogout ?? Deferred.Succeed).Finally(() =>
        {
            _isOut = true;
            List<Deferred>? waiting = _waiting;
            _waiting = null;
            foreach (Deferred one in waiting ?? [])
            {
                if (!one.IsFired)
                    one.Callback();
            }
        });
    }

    /// <summary>The type of the avatar.</summary>
    public override string ToString() => $"Login as {Interface.Name}";
}
