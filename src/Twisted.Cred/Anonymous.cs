namespace Twisted.Cred;

/// <summary>The wish to come in without a name.</summary>
/// <remarks>Twisted: <c>Anonymous</c>, <c>IAnonymous</c>.</remarks>
public sealed class Anonymous : ICredentials
{
    /// <inheritdoc/>
    public string? Username => null;

    /// <inheritdoc/>
    public override string ToString() => nameof(Anonymous);
}
