using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Twisted.Application;

namespace Twisted.Words;

/// <summary>
/// Keeps a log of channels: an <see cref="IrcLogBot"/> that comes back after a lost connection and after a failed one,
/// with waits that grow, and the file it writes to.
/// </summary>
/// <remarks>
/// Reactor thread only. Starting fails when the file cannot be opened. Stopping says goodbye to the server, writes that
/// down, and closes the file. Reloading opens the name of the file anew.
/// </remarks>
public sealed class IrcLogBotService : Service, IReloadable
{
    private readonly IReactorTime _reactor;
    private readonly IrcLogBotOptions _options;
    private readonly string _file;
    private readonly ILogger _log;
    private readonly Func<string, IMessageFile> _open;
    private readonly ClientService _client;
    private MessageLog? _messages; // while it runs
    private IrcLogBot? _newest;

    /// <summary>A bot for a server.</summary>
    /// <param name="reactor">The clock.</param>
    /// <param name="endpoint">Where the server is.</param>
    /// <param name="options">Its name, its channels.</param>
    /// <param name="file">The name of the log's file.</param>
    /// <param name="log">Where failures are told; nowhere unless given.</param>
    /// <exception cref="ArgumentException">No server could take these options.</exception>
    public IrcLogBotService(IReactorTime reactor, IStreamClientEndpoint endpoint, IrcLogBotOptions options,
        string file, ILogger? log = null)
        : this(reactor, endpoint, options, file, log, MessageFile.Open)
    {
    }

    internal IrcLogBotService(IReactorTime reactor, IStreamClientEndpoint endpoint, IrcLogBotOptions options,
        string file, ILogger? log, Func<string, IMessageFile> open)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(file);
        options.Validate();
        _reactor = reactor;
        _options = options;
        _file = file;
        _log = log ?? NullLogger.Instance;
        _open = open;
        _client = new ClientService(reactor, endpoint, Factory.For(MakeBot), options.Connecting with
        {
            PrepareConnection = bot => ((IrcLogBot)bot).WhenSignedOn(),
        }, _log)
        { Name = ToString() };
    }

    /// <summary>The bot that is signed on; null while there is none.</summary>
    public IrcLogBot? Bot => _client.Protocol as IrcLogBot;

    /// <summary>The file; null while the service does not run.</summary>
    public MessageLog? Messages => _messages;

    /// <inheritdoc/>
    public override Deferred StartService() => Deferred.Try(async Deferred () =>
    {
        _messages ??= new MessageLog(_file, _reactor, _log, _open);
        await base.StartService();
        await _client.StartService();
    });

    /// <inheritdoc/>
    public override async Deferred StopService()
    {
        await base.StopService();
        await _client.StopService();
        if (_newest is { } bot)
            await bot.WhenEnded(); // one that had not signed on yet is only being aborted
        _messages?.Dispose();
        _messages = null;
    }

    /// <inheritdoc/>
    public Deferred Reload() => Deferred.Try(() =>
    {
        _messages?.Reopen();
        return Deferred.Succeed();
    });

    /// <inheritdoc/>
    public override string ToString() => Name ?? $"the log of {string.Join(", ", _options.Channels)}";

    private IrcLogBot MakeBot() => _newest = new IrcLogBot(_options, _messages!, _reactor, _log);
}
