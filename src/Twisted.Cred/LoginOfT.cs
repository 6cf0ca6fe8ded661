using System.Runtime.CompilerServices;

namespace Twisted.Cred;

/// <summary>What a login gives: an avatar of the wanted type, and the way out.</summary>
/// <typeparam name="TAvatar">The type that was asked for.</typeparam>
public sealed class Login<TAvatar> : Login where TAvatar : class
{
    /// <summary>A login.</summary>
    /// <param name="avatar">The avatar.</param>
    /// <param name="logout">Called once, at the end.</param>
    public Login(TAvatar avatar, Action? logout = null) : base(typeof(TAvatar), avatar, Deferring(logout)) =>
        Avatar = avatar;

    /// <summary>A login whose end takes time.</summary>
    /// <param name="avatar">The avatar.</param>
    /// <param name="logout">Called once, at the end; whoever logs out waits for it.</param>
    [OverloadResolutionPriority(1)]
    public Login(TAvatar avatar, Func<Deferred> logout) : base(typeof(TAvatar), avatar, logout) => Avatar = avatar;

    /// <summary>The avatar: what acts for the user.</summary>
    public TAvatar Avatar { get; }

    private static Func<Deferred>? Deferring(Action? logout) => logout is null ? null : () =>
    {
        logout();
        return Deferred.Succeed();
    };
}
