#:project ../src/Twisted.Runtime
// A Deferred that fires after a second. The tutorial's version never ends; this one stops the reactor.
using static System.TimeSpan;

var reactor = Reactor.Create();

var d = new Deferred<string>();
d.AddCallback(Succeeded);
d.AddErrback(Failed);
d.Finally(reactor.Stop);

// Stands for an asynchronous operation.
reactor.CallLater(FromSeconds(1), d.Callback, "Operation Result");
reactor.Run();

void Succeeded(string result) => Console.WriteLine($"Operation completed successfully: {result}");
void Failed(Exception failure) => Console.WriteLine($"Operation failed: {failure.Message}");
