using Microsoft.Extensions.Logging;
using Twisted.Testing;

namespace Twisted.Tests;

/// <summary>The engine's rules are watched in release builds, too: a driver that breaks its contract shows.</summary>
public sealed class InvariantTests : IDisposable
{
    private readonly LogCapture _log = new();
    private readonly ReactorBase _reactor;
    private readonly ScriptedSocket _socket = new();
    private readonly StreamTransport _connection;

    public InvariantTests()
    {
        _reactor = new ReactorBase(new ScriptedDriver(), _log.Logging);
        _reactor.Enter();
        _connection = new StreamTransport(_reactor, _socket, NoOwner.Instance);
        _connection.Start(new Silent());
    }

    [Fact]
    public void A_socket_that_is_readable_after_its_end_breaks_one()
    {
        End();
        ((ISocketEvents)_connection).OnReadable();
        Assert.Equal("a connection is readable after its end", _reactor.Invariants.First);
    }

    [Fact]
    public void A_socket_that_is_writable_after_its_end_breaks_one()
    {
        End();
        ((ISocketEvents)_connection).OnWritable();
        Assert.Equal("a connection is writable after its end", _reactor.Invariants.First);
    }

    [Fact]
    public void A_connection_that_is_made_twice_breaks_one()
    {
        _connection.Start(new Silent());
        Assert.EndsWith("is made twice", _reactor.Invariants.First, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_that_is_lost_breaks_one_when_the_last_connection_ends()
    {
        _connection.Write("hello"u8);
        _reactor.Bytes.Sent--;
        End();
        Assert.StartsWith("of 5 bytes written, 4 were sent and 0 dropped", _reactor.Invariants.First,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_one_is_logged_counted_and_left_over()
    {
        End();
        ((ISocketEvents)_connection).OnReadable();
        ((ISocketEvents)_connection).OnReadable();
        Assert.Equal(2, _reactor.Invariants.Broken);
        Assert.Equal(2, _log.Events.Count(logged => logged.Level == LogLevel.Critical));
        Assert.Equal(["rules that the engine itself broke: 2, the first: a connection is readable after its end"],
            Janitor.Leftovers(_reactor));
    }

    [Fact]
    public void An_orderly_connection_breaks_none()
    {
        _connection.Write("hello"u8);
        End();
        Assert.Null(_reactor.Invariants.First);
        _reactor.AssertClean();
    }

    public void Dispose() => _reactor.Leave();

    private void End()
    {
        _connection.LoseConnection();
        _reactor.Flush();
        _reactor.Iterate(mayWait: false);
    }

    private sealed class Silent : Protocol;
}
