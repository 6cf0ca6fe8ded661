using Twisted.Testing;

namespace Twisted.Tests.Framing;

public class FileSenderTests
{
    private readonly StringTransport _transport = StringTransport.Connect(new LineProbe());
    private readonly FileSender _sender = new();

    [Fact]
    public void A_file_goes_out_16_KiB_at_a_time_and_the_result_tells_of_it()
    {
        byte[] content = new byte[40_000];
        new Random(1).NextBytes(content);
        using var file = new MemoryStream(content);
        FileTransfer? result = null;
        _sender.BeginFileTransfer(file, _transport).AddCallback(done => { result = done; });

        var sent = new List<byte>();
        var sizes = new List<int>();
        for (; _transport.Producer is not null; _transport.Clear())
        {
            sent.AddRange(_transport.Value());
            sizes.Add(_transport.Value().Length);
        }
        Assert.Equal(content, sent);
        Assert.Equal([16384, 16384, 7232], sizes);
        Assert.Equal(new FileTransfer(40_000, content[^1]), result);
        Assert.True(file.CanRead); // it is the caller's
    }

    [Fact]
    public void An_empty_file_is_sent_at_once()
    {
        FileTransfer? result = null;
        _sender.BeginFileTransfer(new MemoryStream(), _transport).AddCallback(done => { result = done; });
        Assert.Equal(new FileTransfer(0, null), result);
        Assert.Null(_transport.Producer);
        Assert.Empty(_transport.Value());
    }

    [Fact]
    public void Bytes_can_be_transformed_even_into_nothing()
    {
        int pieces = 0;
        FileTransfer? result = null;
        _sender.BeginFileTransfer(
            new MemoryStream(new byte[40_000]),
            _transport,
            piece => ++pieces == 2 ? default : "ab"u8.ToArray()).AddCallback(done => { result = done; });
        string sent = "";
        for (; _transport.Producer is not null; _transport.Clear())
            sent += _transport.Text;
        Assert.Equal("abab", sent);
        Assert.Equal(new FileTransfer(4, (byte)'b'), result);
    }

    [Fact]
    public void A_lost_connection_fails_the_transfer()
    {
        Exception? failure = null;
        _sender.BeginFileTransfer(new MemoryStream(new byte[40_000]), _transport)
            .AddErrback((ConnectionLostException e) => { failure = e; });
        Assert.Null(failure);
        _transport.Disconnect();
        Assert.Contains("16384 bytes", failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_that_is_gone_fails_the_transfer_at_once()
    {
        _transport.Disconnect();
        bool failed = false;
        _sender.BeginFileTransfer(new MemoryStream(new byte[1]), _transport)
            .AddErrback((ConnectionLostException _) => { failed = true; });
        Assert.True(failed);
    }

    [Fact]
    public void A_file_that_cannot_be_read_fails_the_transfer_and_frees_the_consumer()
    {
        var file = new MemoryStream();
        file.Dispose();
        Exception? failure = null;
        _sender.BeginFileTransfer(file, _transport).AddErrback(e => { failure = e; });
        Assert.IsType<ObjectDisposedException>(failure);
        Assert.Null(_transport.Producer);
    }

    [Fact]
    public void A_cancelled_transfer_frees_the_consumer_and_the_sender()
    {
        Deferred<FileTransfer> transfer = _sender.BeginFileTransfer(new MemoryStream(new byte[40_000]), _transport);
        bool cancelled = false;
        transfer.AddErrback((CancelledException _) => { cancelled = true; });
        transfer.Cancel();
        Assert.True(cancelled);
        Assert.Null(_transport.Producer);
        _transport.Clear();
        Assert.Empty(_transport.Value());
        Assert.True(_sender.BeginFileTransfer(new MemoryStream(), _transport).IsSettled);
    }

    [Fact]
    public void A_sender_sends_one_file_at_a_time_and_a_consumer_takes_one()
    {
        _sender.BeginFileTransfer(new MemoryStream(new byte[40_000]), _transport);
        Assert.Throws<InvalidOperationException>(
            () => { _sender.BeginFileTransfer(new MemoryStream(), _transport); });
        var other = new FileSender();
        Assert.Throws<InvalidOperationException>(() => { other.BeginFileTransfer(new MemoryStream(), _transport); });
        Assert.Same(_sender, _transport.Producer);
        StringTransport free = StringTransport.Connect(new LineProbe());
        Assert.True(other.BeginFileTransfer(new MemoryStream(), free).IsSettled);
    }
}
