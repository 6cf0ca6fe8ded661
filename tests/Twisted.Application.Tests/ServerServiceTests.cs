using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace Twisted.Application.Tests;

/// <summary>Servers and timers as services: listening, draining, deadlines.</summary>
public sealed class ServerServiceTests : IDisposable
{
    private readonly MemoryNetwork _net = new(new VirtualClock());

    public void Dispose() => Janitor.AssertClean(_net.Clock);

    private StreamServerService Serve(Func<IProtocol> build) =>
        new(_net.Clock, _net.Server("x"), Factory.For(build)) { DrainTimeout = TimeSpan.FromSeconds(10) };

    private void Stop(Service service)
    {
        Deferred stopped = service.StopService();
        _net.Clock.Advance(TimeSpan.Zero);
        stopped.SuccessResult();
    }

    [Fact]
    public void It_listens_from_the_privileged_start_to_the_stop()
    {
        StreamServerService service = Serve(() => new Loud());
        Assert.Null(service.Host);
        service.PrivilegedStartService().SuccessResult();
        Assert.NotNull(service.Host);
        service.StartService().SuccessResult();
        MemoryPeer peer = _net.Connect("x");
        peer.Send("hello\r\n");
        Assert.Equal("HELLO\r\n", peer.Received);
        Assert.Equal(1, service.ConnectionCount);
        Stop(service);
        Assert.False(peer.IsConnected);
        Assert.Throws<ConnectionRefusedException>(() => _net.Connect("x"));
    }

    [Fact]
    public void A_port_in_use_fails_the_start()
    {
        StreamServerService first = Serve(() => new Loud());
        first.StartService().SuccessResult();
        StreamServerService second = Serve(() => new Loud());
        second.PrivilegedStartService().FailureResult<CannotListenException>();
        Stop(second);
        Stop(first);
    }

    [Fact]
    public void What_was_begun_is_finished_before_the_stop_is_done()
    {
        Slow? serving = null;
        StreamServerService service = Serve(() => serving = new Slow());
        service.StartService().SuccessResult();
        MemoryPeer peer = _net.Connect("x");
        peer.Send("?");
        Deferred stopped = service.StopService();
        _net.Clock.Advance(TimeSpan.FromSeconds(5));
        stopped.AssertNoResult();
        Assert.True(peer.IsConnected);
        serving!.Answer();
        _net.Clock.Advance(TimeSpan.Zero);
        stopped.SuccessResult();
        Assert.Equal("!", peer.Received);
    }

    [Fact]
    public void Who_does_not_finish_by_the_deadline_is_aborted()
    {
        StreamServerService service = Serve(() => new Slow());
        service.StartService().SuccessResult();
        MemoryPeer peer = _net.Connect("x");
        Deferred stopped = service.StopService();
        _net.Clock.Advance(TimeSpan.FromSeconds(9.9));
        stopped.AssertNoResult();
        _net.Clock.Advance(TimeSpan.FromSeconds(0.1));
        stopped.SuccessResult();
        Assert.IsType<ConnectionLostException>(peer.Reason);
    }

    [Fact]
    public void Bytes_that_wait_for_a_slow_reader_are_sent_first()
    {
        StreamServerService service = Serve(() => new Loud());
        service.StartService().SuccessResult();
        MemoryPeer peer = _net.Connect("x");
        peer.IsReading = false;
        peer.Send(new string('a', 10_000) + "\r\n");
        Deferred stopped = service.StopService();
        _net.Clock.Advance(TimeSpan.FromSeconds(1));
        peer.IsReading = true;
        _net.Clock.Advance(TimeSpan.FromSeconds(1));
        stopped.SuccessResult();
        Assert.Equal(10_002, peer.Received.Length);
    }

    [Fact]
    public void It_starts_again_after_a_stop()
    {
        StreamServerService service = Serve(() => new Loud());
        for (int i = 0; i < 3; i++)
        {
            service.StartService().SuccessResult();
            _net.Connect("x").Close();
            _net.Clock.Advance(TimeSpan.Zero);
            Stop(service);
        }
    }

    [Fact]
    public void A_datagram_service_has_its_port_while_it_runs()
    {
        var service = new DatagramServerService(() => _net.Reactor.ListenUdp(0, new Deaf()));
        service.PrivilegedStartService().SuccessResult();
        EndPoint host = service.Host!;
        service.StartService().SuccessResult();
        Assert.Equal(host, service.Host);
        Stop(service);
        Assert.Null(service.Host);
    }

    [Fact]
    public void A_timer_service_calls_until_it_is_stopped_and_waits_for_the_call()
    {
        int calls = 0;
        var busy = new Deferred();
        var service = new TimerService(_net.Clock, TimeSpan.FromSeconds(1), () => ++calls < 3
            ? Deferred.Succeed()
            : busy, NullLogger.Instance);
        service.StartService().SuccessResult();
        _net.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(3, calls);
        Deferred stopped = service.StopService();
        stopped.AssertNoResult();
        busy.Callback();
        stopped.SuccessResult();
    }

    [Fact]
    public void A_timer_that_fails_is_logged_and_calls_no_more()
    {
        int calls = 0;
        var service = new TimerService(_net.Clock, TimeSpan.FromSeconds(1), () =>
        {
            calls++;
            throw new InvalidDataException();
        }, NullLogger.Instance);
        service.StartService().SuccessResult();
        _net.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, calls);
        Assert.True(service.IsRunning);
        service.StopService().SuccessResult();
    }

    [Fact]
    public void Strports_reads_endpoint_strings()
    {
        StreamServerService service = Strports.Service(_net.Reactor, "tcp:7", Factory.For(() => new Loud()));
        service.StartService().SuccessResult();
        Assert.Equal(7, service.Host!.Port);
        Stop(service);
        Assert.Throws<FormatException>(() => Strports.Service(_net.Reactor, "pigeon:7", Factory.For(() => new Loud())));
    }

    private sealed class Loud : LineReceiver
    {
        protected override int MaxLength => 100_000;

        protected override void LineReceived(ReadOnlySpan<byte> line) =>
            SendLine(Encoding.ASCII.GetString(line).ToUpperInvariant());
    }

    /// <summary>Answers when the test says so, and finishes that when it is drained.</summary>
    private sealed class Slow : Protocol, IDrainable
    {
        private bool _drains;

        public void Drain() => _drains = true;

        internal void Answer()
        {
            Transport.Write("!"u8);
            if (_drains)
                Transport.LoseConnection();
        }
    }

    private sealed class Deaf : DatagramProtocol
    {
        protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from) { }
    }
}
