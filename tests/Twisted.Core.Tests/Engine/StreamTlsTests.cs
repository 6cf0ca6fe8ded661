using Twisted.Testing;

namespace Twisted.Tests;

/// <summary>TLS that begins amid a connection.</summary>
public sealed class StreamTlsTests : StreamTest
{
    private readonly TestAuthority _authority = new();
    private int[] _carried = [0, 0];

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

    [Fact]
    public void On_the_wire_only_the_bytes_of_TLS_are_counted()
    {
        ScriptedSocket near = Socket;
        var far = new ScriptedSocket();
        StreamTransport client = Connect();
        Socket = far;
        var server = new Recorder();
        StreamTransport answering = Connect(server);
        Deferred<ITlsInfo> asked = StartTls(client);
        Deferred<ITlsInfo> answered =
            answering.StartTls(TlsOptions.OptionsForServerTls(_authority.Issue("localhost")));
        Carry(near, far);
        Assert.True(asked.IsFired && answered.IsFired);
        Callback(() => client.Write("secret"u8));
        Carry(near, far);
        Assert.Equal(["made", "secret"], server.Heard);
        int wire = near.Sent.Concat(far.Sent).Sum(sent => sent.Length);
        Assert.Equal((wire, wire, 6), (Loop.Bytes.Sent, Loop.Bytes.Received, Loop.Bytes.GivenToLayers));
        client.AbortConnection();
        answering.AbortConnection();
        Step();
        Step();
        Assert.Empty(Loop.Connections.ToArray());
    }

    /// <summary>What one sends is read by the other, until both are silent.</summary>
    private void Carry(ScriptedSocket near, ScriptedSocket far)
    {
        int[] carried = [_carried[0], _carried[1]];
        do
        {
            _carried = [.. carried];
            Step();
            while (carried[0] < near.Sent.Count)
                far.Readable(near.Sent[carried[0]++]);
            while (carried[1] < far.Sent.Count)
                near.Readable(far.Sent[carried[1]++]);
        }
        while (!carried.SequenceEqual(_carried));
    }

    [Fact]
    public void Who_aborts_during_the_handshake_is_told_that_there_was_none()
    {
        StreamTransport line = Connect();
        Deferred<ITlsInfo> agreed = StartTls(line);
        line.AbortConnection();
        Step();
        Step();
        Assert.Equal(1, Socket.Closes);
        Assert.IsType<ConnectionAbortedException>(FailureOf(agreed));
    }

    [Fact]
    public void A_shutdown_during_the_handshake_tells_that_there_was_none()
    {
        Deferred<ITlsInfo> agreed = StartTls(Connect());
        Loop.Stop();
        Step();
        Assert.Equal(["made", "ConnectionLostException"], User.Heard);
        Assert.IsType<ConnectionLostException>(FailureOf(agreed));
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
