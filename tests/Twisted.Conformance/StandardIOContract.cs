using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;

namespace Twisted.Conformance;

/// <summary>Standard input and output as a connection, here over pipes and files of the test's.</summary>
public abstract class StandardIOContract : ReactorContract
{
    [Fact]
    public void Pipes_are_read_and_written_and_the_end_of_input_is_half_close() => Run(async reactor =>
    {
        using var input = new AnonymousPipeServerStream(PipeDirection.Out);
        using var output = new AnonymousPipeServerStream(PipeDirection.In);
        var probe = new HalfClosingProbe { OnData = probe => probe.Transport.Write([.. probe.Received]) };
        ITransport transport = Open(reactor, probe, input.ClientSafePipeHandle, output.ClientSafePipeHandle);
        Assert.Same(transport, probe.Transport);
        input.Write("question"u8);
        Assert.Equal("question", await reactor.DeferToThread(() => Read(output, 8)));
        input.Dispose();
        input.ClientSafePipeHandle.Dispose();
        await probe.ReadLost;
        transport.Write(" and answer"u8);
        transport.LoseConnection();
        Assert.IsType<ConnectionDoneException>(await probe.Lost);
        Assert.Equal(" and answer", await reactor.DeferToThread(() => Read(output, 11)));
    });

    [Fact]
    public void A_protocol_without_half_close_ends_with_the_input() => Run(async reactor =>
    {
        using var input = new AnonymousPipeServerStream(PipeDirection.Out);
        using var output = new AnonymousPipeServerStream(PipeDirection.In);
        var probe = new Probe();
        Open(reactor, probe, input.ClientSafePipeHandle, output.ClientSafePipeHandle);
        input.Write("last words"u8);
        input.Dispose();
        Assert.IsType<ConnectionDoneException>(await probe.Lost);
        Assert.Equal("last words"u8.ToArray(), probe.Received);
    });

    [Fact]
    public void An_exception_in_ReadConnectionLost_is_reported_and_ends_it() => Run(async reactor =>
    {
        using var input = new AnonymousPipeServerStream(PipeDirection.Out);
        using var output = new AnonymousPipeServerStream(PipeDirection.In);
        var probe = new Failing();
        Open(reactor, probe, input.ClientSafePipeHandle, output.ClientSafePipeHandle);
        input.Dispose();
        input.ClientSafePipeHandle.Dispose();
        Assert.Equal("user code", (await probe.Lost).Message);
        Assert.Equal("user code", Assert.Single(Reported).Exception.Message);
    });

    private sealed class Failing : Probe, IHalfCloseableProtocol
    {
        public void ReadConnectionLost() => throw new InvalidDataException("user code");

        public void WriteConnectionLost() { }
    }

    [Fact]
    public void It_feeds_and_is_fed_as_any_transport_and_has_addresses() => Run(async reactor =>
    {
        using var input = new AnonymousPipeServerStream(PipeDirection.Out);
        using var output = new AnonymousPipeServerStream(PipeDirection.In);
        var probe = new Probe();
        ITransport transport = Open(reactor, probe, input.ClientSafePipeHandle, output.ClientSafePipeHandle);
        Assert.NotNull(transport.Host);
        Assert.NotNull(transport.Peer);
        transport.PauseProducing();
        input.Write("later"u8);
        await Wait(reactor, 0.02);
        Assert.Empty(probe.Received);
        transport.ResumeProducing();
        while (probe.Received.Count < 5)
            await Wait(reactor, 0.002);
        transport.RegisterProducer(new Pieces(transport));
        Assert.Equal("piece piece piece ", await reactor.DeferToThread(() => Read(output, 18)));
        transport.LoseConnection();
        await probe.Lost;
    });

    private sealed class Pieces(ITransport transport) : IPullProducer
    {
        private int _left = 3;

        public void ResumeProducing()
        {
            transport.Write("piece "u8);
            if (--_left == 0)
                transport.UnregisterProducer();
        }

        public void StopProducing() { }
    }

    [Fact]
    public void Files_are_read_and_written_where_they_stand() => Run(async reactor =>
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string from = Path.Combine(folder, "from");
            string to = Path.Combine(folder, "to");
            File.WriteAllBytes(from, new byte[300_000]);
            File.WriteAllText(to, "already there ");
            using (FileStream input = File.OpenRead(from))
            using (FileStream output = File.OpenWrite(to))
            {
                output.Seek(0, SeekOrigin.End);
                output.Flush();
                var probe = new HalfClosingProbe
                {
                    OnData = probe => probe.Transport.Write(Encoding.ASCII.GetBytes($"{probe.Received.Count} ")),
                };
                Open(reactor, probe, input.SafeFileHandle, output.SafeFileHandle);
                await probe.ReadLost;
                probe.Transport.LoseConnection();
                await probe.Lost;
                Assert.Equal(300_000, probe.Received.Count);
            }
            string text = File.ReadAllText(to);
            Assert.StartsWith("already there ", text, StringComparison.Ordinal);
            Assert.EndsWith(" 300000 ", text, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    });

    protected static ITransport Open(IReactor reactor, IProtocol protocol, SafeHandle input, SafeHandle output) =>
        ((IReactorStandardIO)reactor).OpenStandardIO(protocol, input, output);

    protected static string Read(Stream stream, int count)
    {
        byte[] bytes = new byte[count];
        stream.ReadExactly(bytes);
        return Encoding.ASCII.GetString(bytes);
    }
}
