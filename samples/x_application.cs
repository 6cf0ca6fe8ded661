#:project ../src/Twisted.Application
#:project ../src/Twisted.Protocols
// An application in one file: what is run, not how. The .tac file of today.
//   twistd -n run x_application.cs [-- PORT]     then:  nc 127.0.0.1 7007
using Microsoft.Extensions.Logging;
using Twisted.Application;
using Twisted.Application.Plugins;
using Twisted.Protocols.Wire;

string port = args is [var given, ..] ? given : "tcp:7007:interface=127.0.0.1";

return TwistdApplication.Of(application =>
{
    ILogger log = application.Logging.CreateLogger("application");
    var all = new MultiService();
    all.AddService(application.Serve(port, Factory.For(() => new Echo())));
    var minute = TimeSpan.FromMinutes(1);
    all.AddService(new TimerService(application.Reactor, minute, () => log.LogInformation("Here"), log));
    return all;
});
