using Twisted.Testing;

namespace Twisted.Tests;

/// <summary>TLS that begins amid a connection.</summary>
public sealed class StreamTlsTests : StreamTest
{
    private readonly TestAuthority _authority = new();

    private Deferred<ITlsInfo> StartTls(StreamTransport line) =>
        line.StartTls(TlsOptions.OptionsForClientTls("localhost", _authority.TrustRoot));

    private static Exception FailureOf(Deferred<ITlsInfo> agreed)
    {
        Exception? failure = null;
        agreed.AddBoth(outcome => { failure = outcome.Failure; });
        return Assert.IsAssignableFrom<Exception>(failure);
    }

    [Fact]
    public void It_does_not_begin_while_the_connection_ends()
    {
        StreamTransport line = Connect();
        line.LoseConnection();
        Assert.Equal("TLS cannot begin: the connection is ending.",
            Assert.IsType<InvalidOperationException>(FailureOf(StartTls(line))).Message);
    }

    [Fact]
    public void It_does_not_begin_behind_plain_bytes_that_nobody_has_heard()
    {
        StreamTransport line = Connect(new Holding());
        Exception failure = FailureOf(StartTls(line));
        Assert.Equal("Bytes came in plain behind the message that began TLS.",
            Assert.IsType<TlsException>(failure).Message);
        Step();
        Assert.Same(failure, Reason);
    }

    [Fact]
    public void Descriptors_ride_on_no_byte_of_TLS()
    {
        Socket = new ScriptedUnixSocket();
        StreamTransport line = Connect();
        Assert.NotNull(line.Get<ISendsFileDescriptors>());
        _ = StartTls(line);
        Assert.Null(line.Get<ISendsFileDescriptors>());
        line.AbortConnection();
        Step();
        Step();
        Assert.Equal(1, Socket.Closes);
    }

    [Fact]
    public void The_hello_follows_what_was_written_in_plain()
    {
        StreamTransport line = Connect();
        Socket.Room = 0;
        Callback(() => line.Write("go ahead"u8));
        _ = StartTls(line);
        Drain();
        Assert.StartsWith("go ahead", string.Concat(Socket.Sent), StringComparison.Ordinal);
        Assert.True(string.Concat(Socket.Sent).Length > 100);
        line.AbortConnection();
        Step();
        Step();
        Assert.Equal(1, Socket.Closes);
    }

    public override void Dispose()
    {
        base.Dispose();
        _authority.Dispose();
    }

    private sealed class Holding : Recorder, IHoldsInput
    {
        public bool HasInput => true;
    }
}
