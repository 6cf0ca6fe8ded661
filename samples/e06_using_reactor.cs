#:project ../src/Twisted.Runtime
// The reactor as a timer: four times the time of day, then the end.
using static System.TimeSpan;

var reactor = Reactor.Create();
reactor.CallLater(FromSeconds(1), PrintTime);
reactor.CallLater(FromSeconds(2), PrintTime);
reactor.CallLater(FromSeconds(3), PrintTime);
reactor.CallLater(FromSeconds(4), PrintTime);
reactor.CallLater(FromSeconds(5), StopReactor);

Console.WriteLine("Running the reactor ...");
reactor.Run();
Console.WriteLine("Reactor stopped.");

void PrintTime() => Console.WriteLine($"Current time is {DateTime.Now:HH:mm:ss}");

void StopReactor()
{
    Console.WriteLine("Stopping reactor");
    reactor.Stop();
}
