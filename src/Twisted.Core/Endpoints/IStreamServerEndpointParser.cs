namespace Twisted.Internet;

/// <summary>
/// Makes server endpoints of strings with a prefix of yours; see <see cref="Endpoints.RegisterServer"/>.
/// </summary>
/// <remarks>Twisted: <c>IStreamServerEndpointStringParserWithReactor</c>.</remarks>
public interface IStreamServerEndpointParser
{
    /// <summary>An endpoint. Any thread.</summary>
    /// <param name="reactor">The reactor it is for.</param>
    /// <param name="description">The string: say which arguments it has, then read them.</param>
    /// <exception cref="FormatException">
    /// The string is malformed: see <see cref="EndpointDescription.Error"/>.
    /// </exception>
    IStreamServerEndpoint Parse(IReactor reactor, EndpointDescription description);
}
