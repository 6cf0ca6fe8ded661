using Twisted.Application;
using Twisted.Application.Plugins;

[assembly: TwistdPlugin(typeof(ChatMaker), "chat", "Tell everybody what one says, a line at a time.")]

/// <summary>Makes what <c>twistd chat</c> runs.</summary>
public sealed class ChatMaker : ServiceMaker<ChatOptions>
{
    public override IService MakeService(ChatOptions options, IApplicationContext application)
    {
        if (options.Idle <= TimeSpan.Zero)
            throw new FormatException("--idle has to be more than 0 seconds.");
        return application.Serve(options.Port, new ChatFactory(options, application.Reactor));
    }
}
