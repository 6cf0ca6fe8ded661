using Xunit.Abstractions;

namespace Twisted.Tests;

// The fault suites that say something about a driver, on the portable reactor.

public class PortableListeningPortFaultTests : ListeningPortFaultTests
{
    protected override ReactorKind Kind => ReactorKind.Portable;
}

public class PortableDescriptorReuseTests : DescriptorReuseTests
{
    protected override ReactorKind Kind => ReactorKind.Portable;
}

[Collection(AloneTests.Name)]
public class PortableSlowPeerTests : SlowPeerTests
{
    protected override ReactorKind Kind => ReactorKind.Portable;
}

[Collection(AloneTests.Name)]
public class PortableThreadFaultTests : ThreadFaultTests
{
    protected override ReactorKind Kind => ReactorKind.Portable;
}

[Collection(AloneTests.Name)]
public class PortableChurnTests : ChurnTests
{
    protected override ReactorKind Kind => ReactorKind.Portable;
}

[Collection(AloneTests.Name)]
public class PortableDescriptorExhaustionTests : DescriptorExhaustionTests
{
    protected override ReactorKind Kind => ReactorKind.Portable;

    /// <summary>It asks for descriptors now and then, by exceptions. A spin would be two seconds.</summary>
    protected override double MostCpu => 0.2;
}

[Collection(AloneTests.Name)]
public class PortableIdleConnectionTests(ITestOutputHelper output) : IdleConnectionTests(output)
{
    protected override ReactorKind Kind => ReactorKind.Portable;

    /// <summary>.NET's socket and its operation are larger than a descriptor; a buffer would be larger still.</summary>
    protected override int MostBytes => 2048;
}

public class PortableFailingCallTests : FailingCallTests
{
    protected override ReactorKind Kind => ReactorKind.Portable;

    /// <summary>Its port is there, and rests until the system can watch it.</summary>
    protected override string Refused => "^listening";

    /// <summary>.NET tells it as lack of memory, whatever it was.</summary>
    protected override string Unwatched(int error, string text) =>
        base.Unwatched(Errno.ENOBUFS, "No buffer space available");

    /// <summary>.NET's sockets have no name for this one.</summary>
    protected override string Failure(int error, string text) =>
        error == Errno.ENOMEM ? "-131074: Unknown socket error" : text;
}

public class PortableNetworkFaultTests : NetworkFaultTests
{
    protected override ReactorKind Kind => ReactorKind.Portable;
}

[Collection(AloneTests.Name)]
public class PortableProcessFaultTests : ProcessFaultTests
{
    protected override ReactorKind Kind => ReactorKind.Portable;

    /// <summary>.NET tells of its sockets on the pool's threads.</summary>
    protected override bool NeedsPoolThreads => true;
}

public class PortableFailingLogTests : FailingLogTests
{
    protected override ReactorKind Kind => ReactorKind.Portable;
}
