using Twisted.Application;
using Twisted.Application.Plugins;
using APPLICATION_NAMESPACE;

[assembly: TwistdPlugin(typeof(GreeterMaker), "SUB_COMMAND", "Greet whoever comes, and close.")]

namespace APPLICATION_NAMESPACE;

/// <summary>Makes what <c>twistd SUB_COMMAND</c> runs.</summary>
public sealed class GreeterMaker : ServiceMaker<GreeterOptions>
{
    public override IService MakeService(GreeterOptions options, IApplicationContext application)
    {
        if (options.Greeting.Contains('\n'))
            throw new FormatException("--greeting is one line."); // the user gets that text
        return application.Serve(options.Port, Factory.For(() => new GreeterProtocol(options.Greeting)));
    }
}
