using Microsoft.Win32.SafeHandles;
using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary>A peer that passes more descriptors than are taken.</summary>
[Collection(AloneTests.Name)]
public class DescriptorFloodTests : FaultTests
{
    [Theory]
    [InlineData(64, 64)]
    [InlineData(65, 64)]
    [InlineData(253, 64)]
    public void More_than_64_in_one_message_end_the_connection_and_none_is_left(int sent, int taken) =>
        Run(async reactor =>
        {
            string path = Folder.Fresh();
            var server = new Taker();
            await Endpoints.Server(reactor, $"unix:{path}").Listen(Factory.For(() => server));
            GC.Collect();
            GC.WaitForPendingFinalizers(); // what other tests have left
            int before = OwnProcess.Descriptors();
            string code = await ((IReactorProcess)reactor).GetProcessOutput("/usr/bin/python3", "-c", $"""
                import socket
                peer = socket.socket(socket.AF_UNIX)
                peer.connect("{path}")
                socket.send_fds(peer, [b"x"], [0] * {sent})
                try:
                    print(peer.recv(1))
                except OSError as reset:
                    print(reset)
                """);
            Exception reason = await server.Lost;
            Assert.Equal(taken, server.Count);
            Assert.Equal(before, OwnProcess.Descriptors());
            if (sent == taken)
            {
                Assert.Equal("b'y'", code.Trim());
                return;
            }
            Assert.Contains("more than 64 came in one message", Assert.IsType<ConnectionLostException>(reason).Message,
                StringComparison.Ordinal);
            Assert.Empty(server.Received);
        });

    private sealed class Taker : Probe, IFileDescriptorReceiver
    {
        internal int Count { get; private set; }

        public void FileDescriptorReceived(SafeFileHandle descriptor)
        {
            Count++;
            descriptor.Dispose();
        }

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            base.DataReceived(data);
            Transport.Write("y"u8);
            Transport.LoseConnection();
        }
    }
}
