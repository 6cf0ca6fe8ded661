using System.IO.Pipes;
using System.Net;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Twisted.Conformance;

/// <summary>Open files that are passed over UNIX sockets.</summary>
public abstract class FileDescriptorContract : ReactorContract
{
    protected override IListeningPort Listen(IReactor reactor, IProtocolFactory factory) =>
        ((IReactorUnix)reactor).ListenUnix(Folder.Fresh(), factory);

    protected override IConnector Dial(IReactor reactor, EndPoint address, IClientFactory factory) =>
        ((IReactorUnix)reactor).ConnectUnix(address.ToString()!, factory);

    private SafeFileHandle FileWith(string text)
    {
        string path = Folder.Fresh();
        File.WriteAllText(path, text);
        return File.OpenHandle(path);
    }

    private static void Pass(Probe from, SafeFileHandle file)
    {
        from.Transport.GetRequired<ISendsFileDescriptors>().SendFileDescriptor(file);
        file.Dispose();
    }

    [Fact]
    public void Descriptors_arrive_in_order_with_the_bytes_they_ride_on() => Run(async reactor =>
    {
        var server = new Taker();
        var client = new Probe();
        await Connect(reactor, server, client);
        client.Transport.Write("one "u8);
        Pass(client, FileWith("A"));
        Pass(client, FileWith("B"));
        client.Transport.Write("two "u8);
        client.Transport.Write(new byte[100_000]);
        Pass(client, FileWith("C"));
        client.Transport.Write("three"u8);
        client.Transport.LoseConnection();
        await server.Lost;
        // The system may join the bytes before a descriptor's with its own, never those behind it.
        Assert.Matches(@"^((one )?\[A\]\[B\](one )?two )\[C\]three$", server.Story.Replace("\0", ""));
        Assert.Equal(100_000 + 13, server.Received.Count);
    });

    [Fact]
    public void A_descriptor_waits_for_a_byte_to_ride_on() => Run(async reactor =>
    {
        var server = new Taker();
        var client = new Probe();
        await Connect(reactor, server, client);
        Pass(client, FileWith("A"));
        await Wait(reactor, 0.03);
        Assert.Equal("", server.Story);
        client.Transport.Write("x"u8);
        await Until(reactor, () => server.Received.Count == 1);
        Assert.Equal("[A]x", server.Story);
        client.Transport.LoseConnection();
    });

    [Fact]
    public void More_than_fit_one_message_ride_on_several_bytes() => Run(async reactor =>
    {
        var server = new Taker();
        var client = new Probe();
        await Connect(reactor, server, client);
        for (int i = 0; i < 150; i++)
            Pass(client, FileWith("A"));
        client.Transport.Write("xyz"u8);
        client.Transport.LoseConnection();
        await server.Lost;
        Assert.Equal(150, server.Story.Count(letter => letter == 'A'));
        Assert.Equal("xyz"u8.ToArray(), server.Received.ToArray());
    });

    [Fact]
    public void They_keep_their_places_when_the_peer_reads_slowly() => Run(async reactor =>
    {
        var server = new Taker { OnMade = probe => probe.Transport.PauseProducing() };
        var client = new Probe();
        await Connect(reactor, server, client);
        for (int i = 0; i < 20; i++)
        {
            client.Transport.Write(new byte[100_001]);
            Pass(client, FileWith($"{(char)('a' + i)}"));
            client.Transport.Write("!"u8);
        }
        await Wait(reactor, 0.02);
        server.Transport.ResumeProducing();
        client.Transport.LoseConnection();
        await server.Lost;
        string expected = string.Concat(Enumerable.Range(0, 20).Select(i => $"[{(char)('a' + i)}]!"));
        Assert.Equal(expected, server.Story.Replace("\0", ""));
    });

    [Fact]
    public void A_protocol_that_takes_none_gets_the_bytes_and_the_file_is_closed() => Run(async reactor =>
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.None);
        Pair pair = await Connect(reactor, new Probe(), new Probe());
        pair.Client.Transport.GetRequired<ISendsFileDescriptors>().SendFileDescriptor(pipe.ClientSafePipeHandle);
        pipe.DisposeLocalCopyOfClientHandle();
        pair.Client.Transport.Write("x"u8);
        Assert.Equal(-1, await reactor.DeferToThread(pipe.ReadByte));
        await Until(reactor, () => pair.Server.Received.Count == 1);
        pair.Client.Transport.LoseConnection();
    });

    [Fact]
    public void Unsent_ones_are_closed_when_the_connection_ends() => Run(async reactor =>
    {
        foreach (Action<ITransport> end in new Action<ITransport>[]
            { own => own.LoseConnection(), own => own.AbortConnection() })
        {
            using var pipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.None);
            Pair pair = await Connect(reactor, new Taker(), new Probe());
            pair.Client.Transport.GetRequired<ISendsFileDescriptors>().SendFileDescriptor(pipe.ClientSafePipeHandle);
            pipe.DisposeLocalCopyOfClientHandle();
            end(pair.Client.Transport);
            Assert.Equal(-1, await reactor.DeferToThread(pipe.ReadByte));
            await pair.Client.Lost;
        }
    });

    [Fact]
    public void Who_lets_go_while_taking_one_hears_of_no_other_and_they_are_closed() => Run(async reactor =>
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.None);
        var server = new Taker { OnDescriptor = taker => taker.Transport.LoseConnection() };
        Pair pair = await Connect(reactor, server, new Probe());
        Pass(pair.Client, FileWith("A"));
        pair.Client.Transport.GetRequired<ISendsFileDescriptors>().SendFileDescriptor(pipe.ClientSafePipeHandle);
        pipe.DisposeLocalCopyOfClientHandle();
        pair.Client.Transport.Write("x"u8);
        await server.Lost;
        Assert.Equal("[A]", server.Story);
        Assert.Equal(-1, await reactor.DeferToThread(pipe.ReadByte));
    });

    [Fact]
    public void An_exception_in_FileDescriptorReceived_ends_the_connection() => Run(async reactor =>
    {
        var server = new Taker { OnDescriptor = _ => throw new InvalidDataException("user code") };
        Pair pair = await Connect(reactor, server, new Probe());
        Pass(pair.Client, FileWith("A"));
        pair.Client.Transport.Write("x"u8);
        Assert.IsType<InvalidDataException>(await server.Lost);
        Assert.Empty(server.Received);
        Assert.Equal("FileDescriptorReceived", Assert.Single(Reported).Source);
    });

    private sealed class Taker : Probe, IFileDescriptorReceiver
    {
        private readonly StringBuilder _story = new();

        public string Story => _story.ToString();

        public Action<Taker>? OnDescriptor { get; init; }

        public void FileDescriptorReceived(SafeFileHandle descriptor)
        {
            using (descriptor)
            {
                byte[] text = new byte[10];
                int count = RandomAccess.Read(descriptor, text, 0);
                _story.Append('[').Append(Encoding.ASCII.GetString(text, 0, count)).Append(']');
            }
            OnDescriptor?.Invoke(this);
        }

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            _story.Append(Encoding.ASCII.GetString(data));
            base.DataReceived(data);
        }
    }
}
