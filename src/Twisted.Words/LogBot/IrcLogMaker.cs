using System.Text;
using Microsoft.Extensions.Logging;
using Twisted.Application;
using Twisted.Application.Plugins;
using Twisted.Logging;

namespace Twisted.Words;

/// <summary>Makes what <c>twistd irclog</c> runs: a bot that writes down what is said in channels.</summary>
public sealed class IrcLogMaker : ServiceMaker<IrcLogCommandOptions>
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public override IService MakeService(IrcLogCommandOptions options, IApplicationContext application)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(application);
        ILogger log = application.Logging.CreateLogger("Twisted.Words");
        try
        {
            if (options.IsDemo)
                return MakeDemo(options, application.Reactor, log);
            if (options is not { Server: { Length: > 0 } server, File: { Length: > 0 } file, Channels.Count: > 0 })
                throw new FormatException("--server, --channel and --file are needed; or --demo, which needs none.");
            return new IrcLogBotService(
                application.Reactor, Endpoints.Client(application.Reactor, server), OptionsOf(options), file, log);
        }
        catch (ArgumentException wrong)
        {
            throw new FormatException(wrong.Message, wrong);
        }
    }

    private static IrcLogDemo MakeDemo(IrcLogCommandOptions options, IReactor reactor, ILogger log)
    {
        if ((options.Server ?? options.PasswordFile ?? options.SaslFile) is not null)
            throw new FormatException("With --demo the server is our own: leave --server and its passwords away.");
        IrcLogCommandOptions filled = options.Channels.Count > 0 ? options : options with { Channels = ["#demo"] };
        return new IrcLogDemo(reactor, OptionsOf(filled), options.File ?? "irclog.txt", log);
    }

    private static IrcLogBotOptions OptionsOf(IrcLogCommandOptions options)
    {
        var usual = new IrcLogBotOptions { Channels = options.Channels };
        return usual with
        {
            Nickname = options.Nickname,
            IsVerbose = options.IsVerbose,
            Password = options.PasswordFile is { } file ? new Secret<string>(TextOf(file)) : null,
            Sasl = options.SaslFile is { } account ? SaslOf(TextOf(account), account) : null,
            RejoinDelay = options.RejoinDelay,
            MaxRejoinDelay = Longer(options.RejoinDelay),
            Connecting = usual.Connecting with
            {
                InitialDelay = options.ReconnectDelay,
                MaxDelay = Longer(options.ReconnectDelay),
            },
        };
    }

    private static TimeSpan Longer(TimeSpan delay) => delay > LongestDelay ? delay : LongestDelay;

    private static string TextOf(string file) => Encoding.UTF8.GetString(SecretFile.Read(file));

    private static IrcSasl SaslOf(string login, string file) =>
        login.Split(':', 2) is [{ Length: > 0 } name, { Length: > 0 } password]
            ? IrcSasl.Plain(name, password)
            : throw new FormatException($"{file} has to have ACCOUNT:PASSWORD.");
}
