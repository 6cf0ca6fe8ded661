using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Twisted.Logging;

namespace Twisted.Internet;

/// <summary>Loggers that say which connection a message is about.</summary>
public static class ConnectionLoggingExtensions
{
    private static readonly ConditionalWeakTable<ITransport, ConnectionScope> Scopes = [];

    extension(ILogger log)
    {
        /// <summary>
        /// A logger whose messages carry the number and the peer of a connection, as the scope values ConnectionId and
        /// Peer; text has them after the category, as Twisted: <c>[Chat,12,192.0.2.1:4711]</c>.
        /// </summary>
        /// <remarks>
        /// Make it in <c>ConnectionMade</c>. Numbers count the connections that were asked about, from 1. It costs a
        /// scope for each message that is written, and nothing for others. Any provider that knows scopes shows them.
        /// Twisted: <c>log.callWithLogger(transport, ...)</c>.
        /// </remarks>
        /// <param name="transport">The connection; reactor thread.</param>
        public ILogger ForConnection(ITransport transport)
        {
            ArgumentNullException.ThrowIfNull(log);
            ArgumentNullException.ThrowIfNull(transport);
            ITransport connection = transport.Get<ITcpTransport>() as ITransport ?? transport; // below the wrappers
            return new ConnectionLogger(log, Scopes.GetValue(connection, one => new ConnectionScope(one.Peer)));
        }
    }
}
