using Microsoft.Win32.SafeHandles;

namespace Twisted.Tests;

/// <summary>Descriptors that ride on bytes.</summary>
public class StreamDescriptorTests : StreamTest
{
    private readonly ScriptedUnixSocket _socket = new();

    public StreamDescriptorTests() => Socket = _socket;

    private static void Pass(StreamTransport line, params ReadOnlySpan<int> numbers)
    {
        ISendsFileDescriptors way = line.Get<ISendsFileDescriptors>()!;
        foreach (int number in numbers)
            way.SendFileDescriptor(ScriptedUnixSocket.Handle(number));
    }

    private bool[] AreClosed => [.. _socket.Duplicates.Select(descriptor => descriptor.IsClosed)];

    [Fact]
    public void A_descriptor_rides_on_the_next_byte_and_on_none_before()
    {
        StreamTransport line = Connect();
        Callback(() =>
        {
            line.Write("ab"u8);
            Pass(line, 1);
            line.Write("cd"u8);
            Pass(line, 2);
        });
        Assert.Equal(["ab", "cd"], Socket.Sent);
        Assert.Equal(["cd: 1"], _socket.Messages);
        Assert.Equal([true, false], AreClosed);
        Callback(() => line.Write("ef"u8));
        Assert.Equal(["cd: 1", "ef: 2"], _socket.Messages);
        Assert.Equal([true, true], AreClosed);
    }

    [Fact]
    public void Places_count_from_the_first_descriptor_on()
    {
        StreamTransport line = Connect();
        Callback(() => line.Write("before"u8));
        Callback(() =>
        {
            Pass(line, 1);
            line.Write("ab"u8);
        });
        Callback(() =>
        {
            line.Write("cd"u8);
            Pass(line, 2);
            line.Write("ef"u8);
        });
        Assert.Equal(["before", "ab", "cd", "ef"], Socket.Sent);
        Assert.Equal(["ab: 1", "ef: 2"], _socket.Messages);
    }

    [Fact]
    public void Several_ride_on_one_byte_up_to_what_a_message_takes()
    {
        StreamTransport line = Connect();
        int[] most = [.. Enumerable.Range(1, IDescriptorSocket.MostDescriptors)];
        Callback(() =>
        {
            Pass(line, most);
            line.Write("xyz"u8);
        });
        Assert.Equal([$"xyz: {string.Join(' ', most)}"], _socket.Messages);
    }

    [Fact]
    public void Those_that_find_no_place_ride_on_the_byte_behind()
    {
        StreamTransport line = Connect();
        int[] most = [.. Enumerable.Range(1, IDescriptorSocket.MostDescriptors)];
        Callback(() =>
        {
            Pass(line, most);
            Pass(line, 100);
            line.Write("xyz"u8);
        });
        Assert.Equal([$"x: {string.Join(' ', most)}", "yz: 100"], _socket.Messages);
    }

    [Fact]
    public void A_descriptor_may_ride_far_behind_the_bytes_that_go_first()
    {
        StreamTransport line = Connect();
        Socket.Room = 0;
        Callback(() => line.Write(new byte[4096])); // fills a piece of the buffer
        line.Write(new byte[1000]);
        Pass(line, 1);
        line.Write("z"u8);
        Drain();
        Assert.Equal([4096, 1000, 1], Socket.Sent.Select(sent => sent.Length));
        Assert.Equal(["z: 1"], _socket.Messages);
    }

    [Theory]
    [InlineData(ISocketDriver.WouldBlock)]
    [InlineData(0)]
    public void A_descriptor_waits_with_its_byte_for_room(int whenFull)
    {
        StreamTransport line = Connect();
        Socket.Room = 0;
        Socket.WhenFull = whenFull;
        Callback(() =>
        {
            Pass(line, 1, 2);
            line.Write("ab"u8);
        });
        Assert.Equal([false, false], AreClosed);
        Drain();
        Assert.Equal(["ab: 1 2"], _socket.Messages);
        Assert.Equal([true, true], AreClosed);
    }

    [Fact]
    public void A_message_that_goes_out_in_part_has_taken_its_descriptors()
    {
        StreamTransport line = Connect();
        Socket.Room = 1;
        Callback(() =>
        {
            Pass(line, 1);
            line.Write("abc"u8);
            Pass(line, 2);
            line.Write("d"u8);
        });
        Assert.Equal(["a: 1"], _socket.Messages);
        Drain();
        Assert.Equal(["a", "bc", "d"], Socket.Sent);
        Assert.Equal(["a: 1", "d: 2"], _socket.Messages);
    }

    [Fact]
    public void An_abort_closes_what_waits_at_once()
    {
        StreamTransport line = Connect();
        Pass(line, 1, 2);
        line.AbortConnection();
        Assert.Equal([true, true], AreClosed);
        Assert.Empty(_socket.Messages);
    }

    [Fact]
    public void The_end_closes_what_waits()
    {
        StreamTransport line = Connect();
        Pass(line, 1);
        Socket.Readable("");
        Assert.Equal([true], AreClosed);
        Assert.IsType<ConnectionDoneException>(Reason);
    }

    [Fact]
    public void Behind_the_last_byte_none_is_taken()
    {
        StreamTransport line = Connect();
        Assert.Throws<ArgumentNullException>("descriptor",
            () => line.Get<ISendsFileDescriptors>()!.SendFileDescriptor(null!));
        line.LoseWriteConnection();
        Pass(line, 1);
        Assert.Empty(_socket.Duplicates);
    }

    [Fact]
    public void A_protocol_hears_of_descriptors_before_the_bytes_they_rode_on()
    {
        var user = new Receiver();
        Connect(user);
        SafeFileHandle[] coming = Come(3, 4);
        Socket.Readable("x");
        Socket.Readable("y");
        Assert.Equal(["made", "descriptor 3", "descriptor 4", "x", "y"], user.Heard);
        Assert.DoesNotContain(coming, descriptor => descriptor.IsClosed); // they are the protocol's
    }

    [Fact]
    public void For_a_protocol_that_takes_none_they_are_not_asked_for()
    {
        Connect();
        Come(3);
        Socket.Readable("x");
        Assert.Equal(["made", "x"], User.Heard);
        Assert.Single(_socket.Coming);
    }

    [Fact]
    public void Who_lets_go_of_the_connection_hears_of_no_more_descriptors_nor_of_the_bytes()
    {
        var user = new Receiver { OnDescriptor = user => user.Line.LoseConnection() };
        Connect(user);
        SafeFileHandle[] coming = Come(3, 4, 5);
        Socket.Readable("x");
        Assert.Equal(["made", "descriptor 3", "ConnectionDoneException"], user.Heard);
        Assert.Equal([false, true, true], coming.Select(descriptor => descriptor.IsClosed));
    }

    [Fact]
    public void A_protocol_that_throws_at_a_descriptor_ends_its_connection()
    {
        var user = new Receiver { OnDescriptor = _ => throw new NotSupportedException() };
        Connect(user);
        SafeFileHandle[] coming = Come(3, 4);
        Socket.Readable("x");
        Assert.Equal(["made", "descriptor 3", "NotSupportedException"], user.Heard);
        Assert.Equal([false, true], coming.Select(descriptor => descriptor.IsClosed));
        Assert.Contains("Unhandled error in FileDescriptorReceived", Lines);
    }

    /// <summary>These come with the next bytes.</summary>
    private SafeFileHandle[] Come(params ReadOnlySpan<int> numbers)
    {
        foreach (int number in numbers)
            _socket.Coming.Add(ScriptedUnixSocket.Handle(number));
        return [.. _socket.Coming];
    }

    private sealed class Receiver : Recorder, IFileDescriptorReceiver
    {
        internal Action<Receiver>? OnDescriptor { get; init; }

        public void FileDescriptorReceived(SafeFileHandle descriptor)
        {
            Heard.Add($"descriptor {descriptor.DangerousGetHandle()}");
            OnDescriptor?.Invoke(this);
        }
    }
}
