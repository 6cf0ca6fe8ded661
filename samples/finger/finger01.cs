#:project ../../src/Twisted.Runtime
// Step 1: a loop without a port. It does nothing, for ever (Ctrl-C ends it).
var reactor = Reactor.Create();
reactor.Run();
