using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;
using Twisted.Testing;

namespace Twisted.Conformance;

/// <summary>Foreign descriptors in the loop.</summary>
public abstract class WatchContract : ReactorContract
{
    private static AnonymousPipeServerStream Pipe() => new(PipeDirection.In, HandleInheritability.None);

    [Fact]
    public void A_pipe_is_heard_until_the_watch_is_disposed() => Run(async reactor =>
    {
        using AnonymousPipeServerStream reading = Pipe();
        using var writing = new AnonymousPipeClientStream(PipeDirection.Out, reading.ClientSafePipeHandle);
        int heard = 0;
        IDisposable watch = ((IReactorFds)reactor).Watch(reading.SafePipeHandle, () =>
        {
            reading.ReadByte();
            heard++;
        }, null);
        await Wait(reactor, 0.01);
        Assert.Equal(0, heard);
        writing.Write("ab"u8);
        while (heard < 2)
            await Wait(reactor, 0.002);
        Assert.Contains(Janitor.Leftovers(reactor), line => line.StartsWith("a watch of", StringComparison.Ordinal));
        watch.Dispose();
        watch.Dispose();
        Assert.DoesNotContain(Janitor.Leftovers(reactor), line => line.StartsWith("a watch", StringComparison.Ordinal));
        writing.Write("c"u8);
        await Wait(reactor, 0.02);
        Assert.Equal(2, heard);
        Assert.Equal('c', reading.ReadByte());
    });

    [Fact]
    public void A_pipe_with_room_can_be_written_and_both_ends_hear_of_the_other_one_going() => Run(async reactor =>
    {
        AnonymousPipeServerStream reading = Pipe();
        using var writing = new AnonymousPipeClientStream(PipeDirection.Out, reading.ClientSafePipeHandle);
        int room = 0;
        IDisposable? watch = null;
        watch = ((IReactorFds)reactor).Watch(writing.SafePipeHandle, null, () =>
        {
            if (++room == 2)
                watch!.Dispose();
        });
        while (room < 2)
            await Wait(reactor, 0.002);
        var gone = new Deferred();
        await reading.DisposeAsync();
        watch = ((IReactorFds)reactor).Watch(writing.SafePipeHandle, null, () =>
        {
            watch!.Dispose();
            gone.Callback();
        });
        await gone;
        await Wait(reactor, 0.01);
        Assert.Equal(2, room);
    });

    [Fact]
    public void What_a_watch_writes_goes_out_and_a_watch_that_throws_ends() => Run(async reactor =>
    {
        using AnonymousPipeServerStream reading = Pipe();
        using var writing = new AnonymousPipeClientStream(PipeDirection.Out, reading.ClientSafePipeHandle);
        Pair pair = await Connect(reactor, new Probe(), new Probe());
        ((IReactorFds)reactor).Watch(reading.SafePipeHandle, () =>
        {
            pair.Client.Transport.Write("woken"u8);
            throw new InvalidDataException("user code");
        }, null);
        writing.Write("a"u8);
        while (pair.Server.Received.Count < 5)
            await Wait(reactor, 0.002);
        await Wait(reactor, 0.02);
        Assert.Equal(5, pair.Server.Received.Count);
        Assert.Single(Reported);
        pair.Client.Transport.LoseConnection();
    });

    [Fact]
    public void What_cannot_be_watched_is_refused() => Run(async reactor =>
    {
        using AnonymousPipeServerStream reading = Pipe();
        using var writing = new AnonymousPipeClientStream(PipeDirection.Out, reading.ClientSafePipeHandle);
        var able = (IReactorFds)reactor;
        int heard = 0;
        using IDisposable watch = able.Watch(reading.SafePipeHandle, () => heard += reading.ReadByte(), null);
        Assert.Throws<IOException>(() => able.Watch(reading.SafePipeHandle, () => { }, null));
        Assert.Throws<ArgumentException>(() => able.Watch(writing.SafePipeHandle, null, null));
        using (SafeFileHandle file = File.OpenHandle(typeof(WatchContract).Assembly.Location))
            Assert.Throws<IOException>(() => able.Watch(file, () => { }, null));
        writing.Write("a"u8);
        while (heard == 0)
            await Wait(reactor, 0.002);
        Assert.Equal('a', heard);
    });
}
