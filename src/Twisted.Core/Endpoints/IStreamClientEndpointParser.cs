namespace Twisted.Internet;

/// <summary>
/// Makes client endpoints of strings with a prefix of yours; see <see cref="Endpoints.RegisterClient"/>.
/// </summary>
/// <remarks>Twisted: <c>IStreamClientEndpointStringParserWithReactor</c>.</remarks>
public interface IStreamClientEndpointParser
{
    /// <summary>An endpoint. Any thread.</summary>
    /// <param name="reactor">The reactor it is for.</param>
    /// <param name="description">The string: say which arguments it has, then read them.</param>
    /// <exception cref="FormatException">
    /// The string is malformed: see <see cref="EndpointDescription.Error"/>.
    /// </exception>
    IStreamClientEndpoint Parse(IReactor reactor, EndpointDescription description);
}
