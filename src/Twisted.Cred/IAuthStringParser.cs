namespace Twisted.Cred;

/// <summary>Makes checkers of the strings of one prefix; see <see cref="AuthStrings"/>.</summary>
/// <remarks>Twisted: <c>ICheckerFactory</c>, found as a plugin.</remarks>
public interface IAuthStringParser
{
    /// <summary>How such a string looks, in one line: <c>file:PATH</c>. Twisted: <c>argStringFormat</c>.</summary>
    string Usage { get; }

    /// <summary>What it does, in a few lines. Twisted: <c>authHelp</c>.</summary>
    string Help { get; }

    /// <summary>Makes a checker. Twisted: <c>generateChecker</c>.</summary>
    /// <param name="reactor">For checkers that need its threads or its clock.</param>
    /// <param name="description">The string.</param>
    /// <exception cref="FormatException">The string does not fit: <see cref="EndpointDescription.Error"/>.</exception>
    ICredentialsChecker Parse(IReactor reactor, EndpointDescription description);
}
