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

    /// <summary>.NET's sockets need some for themselves.</summary>
    protected override string Few => "ulimit -n 80";
}
