using System.Net;
using System.Text;
using Twisted.Protocols;
using Twisted.Testing;

namespace Twisted.Tests;

public class ProxyProtocolTests
{
    private const string Line = "PROXY TCP4 192.0.2.7 198.51.100.9 12345 443\r\n";

    private readonly MemoryReactor _memory = new(new VirtualClock());
    private readonly Recorder _recorder = new();

    public static TheoryData<string, string, string> GoodHeaders => new()
    {
        { Hex(Line), "192.0.2.7:12345", "198.51.100.9:443" },
        { Hex("PROXY TCP6 2001:db8::7 2001:db8::9 0 65535\r\n"), "[2001:db8::7]:0", "[2001:db8::9]:65535" },
        { Hex("PROXY TCP6 ::ffff:192.0.2.7 ::1 1 2\r\n"), "[::ffff:192.0.2.7]:1", "[::1]:2" },
        { Hex(ProxyHeaders.Tcp4()), "192.0.2.7:12345", "198.51.100.9:443" },
        { Hex(ProxyHeaders.Tcp4(ProxyHeaders.Tlv(2, "a.example"))), "192.0.2.7:12345", "198.51.100.9:443" },
        { Hex(ProxyHeaders.Tcp6()), "[2001:db8::7]:12345", "[2001:db8::9]:443" },
    };

    public static TheoryData<string> HeadersWithoutAddresses =>
    [
        Hex("PROXY UNKNOWN\r\n"),
        Hex("PROXY UNKNOWN ffff:f...f:ffff 1 2 whatever\r\n"),
        Hex(ProxyHeaders.Binary(0x20, 0x00)),
        Hex(ProxyHeaders.Binary(0x20, 0x11, new byte[12])),
        Hex(ProxyHeaders.Binary(0x20, 0x77, new byte[5])),
        Hex(ProxyHeaders.Binary(0x21, 0x00)),
    ];

    public static TheoryData<string, string> BadHeaders => new()
    {
        { Hex("GET / HTTP/1.1\r\n"), "begins with the byte 0x47" },
        { Hex("\0"), "begins with the byte 0x00" },
        { Hex("PROXX"), "is no 'PROXY '" },
        { Hex("PROXY\r\n"), "is no 'PROXY '" },
        { Hex("PROXY \r\n"), "not TCP4, TCP6 or UNKNOWN" },
        { Hex("PROXY UNKNOWNS\r\n"), "not TCP4, TCP6 or UNKNOWN" },
        { Hex("PROXY UDP4 1.2.3.4 1.2.3.4 1 2\r\n"), "not TCP4, TCP6 or UNKNOWN" },
        { Hex("PROXY tcp4 1.2.3.4 1.2.3.4 1 2\r\n"), "not TCP4, TCP6 or UNKNOWN" },
        { Hex("PROXY  TCP4 1.2.3.4 1.2.3.4 1 2\r\n"), "not TCP4, TCP6 or UNKNOWN" },
        { Hex("PROXY TCP4\t1.2.3.4 1.2.3.4 1 2\r\n"), "not TCP4, TCP6 or UNKNOWN" },
        { Hex("PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n"), "two addresses and two ports" },
        { Hex("PROXY TCP4 1.2.3.4 1.2.3.4 1 2 \r\n"), "two addresses and two ports" },
        { Hex("PROXY TCP4 1.2.3.4  1.2.3.4 1 2\r\n"), "two addresses and two ports" },
        { Hex("PROXY TCP4 ::1 1.2.3.4 1 2\r\n"), "source is no address of TCP4" },
        { Hex("PROXY TCP4 1.2.3 1.2.3.4 1 2\r\n"), "source is no address" },
        { Hex("PROXY TCP4 01.2.3.4 1.2.3.4 1 2\r\n"), "source is no address" },
        { Hex("PROXY TCP4 1.2.3.256 1.2.3.4 1 2\r\n"), "source is no address" },
        { Hex("PROXY TCP4 1.2.3.4 0x1.2.3.4 1 2\r\n"), "destination is no address" },
        { Hex("PROXY TCP6 1.2.3.4 ::1 1 2\r\n"), "source is no address of TCP6" },
        { Hex("PROXY TCP6 [::1] ::1 1 2\r\n"), "source is no address" },
        { Hex("PROXY TCP6 ::1 fe80::1%1 1 2\r\n"), "destination is no address" },
        { Hex("PROXY TCP4 1.2.3.4 1.2.3.4 65536 2\r\n"), "ports are not numbers" },
        { Hex("PROXY TCP4 1.2.3.4 1.2.3.4 01 2\r\n"), "ports are not numbers" },
        { Hex("PROXY TCP4 1.2.3.4 1.2.3.4 -1 2\r\n"), "ports are not numbers" },
        { Hex("PROXY TCP4 1.2.3.4 1.2.3.4 1 \r\n"), "ports are not numbers" },
        { Hex("PROXY TCP4 1.2.3.4 1.2.3.4 1 2\n"), "LF alone" },
        { Hex("PROXY TCP4 1.2.3.4\r 1.2.3.4 1 2\r\n"), "CR without LF" },
        { Hex("PROXY UNKNOWN " + new string('x', 93)), "longer than 107 bytes" },
        { Hex("\r\n\r\n\0\r\nQUIT\r"), "signature" },
        { Hex("\r\n\r\nPROXY TCP4"), "signature" },
        { Hex([.. ProxyHeaders.Signature, 0x11]), "version is 1" },
        { Hex([.. ProxyHeaders.Signature, 0x22]), "command is 2" },
        { Hex(ProxyHeaders.Binary(0x21, 0x12, new byte[12])), "0x12, which is no stream" },
        { Hex(ProxyHeaders.Binary(0x21, 0x01, new byte[12])), "0x01, which is no stream" },
        { Hex(ProxyHeaders.Binary(0x21, 0x11, new byte[11])), "take 12 bytes and it has 11" },
        { Hex(ProxyHeaders.Binary(0x21, 0x31, new byte[215])), "take 216 bytes" },
        { Hex(ProxyHeaders.Tcp4([1, 0])), "middle of a piece" },
        { Hex(ProxyHeaders.Tcp4([1, 0, 2, 65])), "middle of a piece" },
        { Hex(ProxyHeaders.Tcp4(ProxyHeaders.Tlv(3, 1, 2, 3, 4))), "checksum is wrong" },
        { Hex(ProxyHeaders.Tcp4(ProxyHeaders.Tlv(3, 1, 2, 3))), "checksum is wrong" },
        {
            Hex(ProxyHeaders.Tcp4(ProxyHeaders.Tlv(3, 0, 0, 0, 0), ProxyHeaders.Tlv(3, 0, 0, 0, 0))),
            "more than one checksum"
        },
        { Hex(ProxyHeaders.Tcp4(ProxyHeaders.Tlv(0x20, 1, 0, 0))), "information on TLS" },
        { Hex([.. ProxyHeaders.Signature, 0x21, 0x11, 0x12, 0x09]), "announces 4633 bytes, more than 4632" },
    };

    [Theory]
    [MemberData(nameof(GoodHeaders))]
    public void The_protocol_sees_the_ends_that_the_header_tells_however_cut(string hex, string peer, string host) =>
        EverySplit.Check([.. Convert.FromHexString(hex), .. "hello"u8], pieces =>
        {
            Recorder recorder = Run(pieces, out MemoryPeer proxy);
            Assert.Equal([$"built for {peer}", $"made {peer} to {host}"], recorder.Events);
            Assert.Equal("hello", recorder.Data);
            Assert.True(proxy.IsConnected);
        });

    [Theory]
    [MemberData(nameof(HeadersWithoutAddresses))]
    public void Without_addresses_the_real_ones_are_kept_however_it_is_cut(string hex) =>
        EverySplit.Check([.. Convert.FromHexString(hex), .. "hi"u8], pieces =>
        {
            Recorder recorder = Run(pieces, out _);
            Assert.StartsWith("built for 127.0.0.1:4", recorder.Events[0], StringComparison.Ordinal);
            Assert.EndsWith(" to 127.0.0.1:80", recorder.Events[1], StringComparison.Ordinal);
            Assert.Equal("hi", recorder.Data);
            Assert.True(recorder.Header!.IsLocal);
        });

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public void Every_deviation_resets_the_connection_and_has_a_reason(string hex, string why)
    {
        byte[] bytes = Convert.FromHexString(hex);
        EverySplit.Check(bytes, pieces =>
        {
            Recorder recorder = Run(pieces, out MemoryPeer proxy);
            Assert.Empty(recorder.Events);
            Assert.IsType<ConnectionLostException>(proxy.Reason);
        });

        var parser = new ProxyHeaderParser(4096);
        parser.Feed(bytes);
        Assert.Contains(why, parser.Error, StringComparison.Ordinal);
        Assert.Null(parser.Header);
    }

    [Theory]
    [MemberData(nameof(GoodHeaders))]
    public void A_truncated_header_never_reaches_the_protocol(string hex, string peer, string host)
    {
        byte[] header = Convert.FromHexString(hex);
        for (int length = 0; length < header.Length; length++)
        {
            Recorder recorder = Run([header[..length]], out MemoryPeer proxy);
            Assert.True(proxy.IsConnected, $"{peer} {host} cut at {length}");
            proxy.Close();
            Assert.Empty(recorder.Events);
        }
    }

    [Fact]
    public void A_header_that_takes_30_seconds_is_refused()
    {
        Listen();
        MemoryPeer proxy = _memory.Connect(80);
        foreach (char letter in "PROXY TCP4 192.0.2.7 198.51.10")
        {
            Assert.True(proxy.IsConnected);
            proxy.Send(letter.ToString());
            _memory.Clock.Advance(TimeSpan.FromSeconds(1)); // a byte a second is no progress that counts
        }
        Assert.IsType<ConnectionLostException>(proxy.Reason);
        Assert.Empty(_memory.Reactor.DelayedCalls);
    }

    [Fact]
    public void The_deadline_ends_with_the_header()
    {
        Listen();
        MemoryPeer proxy = _memory.Connect(80);
        proxy.Send(Line);
        _memory.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.True(proxy.IsConnected);
        Assert.Empty(_memory.Reactor.DelayedCalls);
    }

    [Fact]
    public void A_second_header_is_data()
    {
        Recorder recorder = Run([Encoding.ASCII.GetBytes(Line), ProxyHeaders.Tcp4()], out _);
        Assert.Equal(Encoding.Latin1.GetString(ProxyHeaders.Tcp4()), recorder.Data);
    }

    [Theory]
    [InlineData("127.0.0.0/8", true)]
    [InlineData("127.0.0.1/32", true)]
    [InlineData("10.0.0.0/8", false)]
    [InlineData("::1/128", false)]
    public void Only_a_trusted_proxy_is_heard(string network, bool isHeard)
    {
        Listen(new ProxyProtocolOptions
        {
            TrustedSources = [IPNetwork.Parse("10.1.2.3/32"), IPNetwork.Parse(network)],
        });
        MemoryPeer proxy = _memory.Connect(80);
        Assert.Equal(isHeard, proxy.IsConnected);
        proxy.Send(Line);
        Assert.Equal(isHeard, _recorder.Events.Count > 0);
    }

    [Fact]
    public void A_trusted_IPv4_address_is_known_on_a_dual_stack_port() =>
        Assert.True(new ProxyProtocolOptions { TrustedSources = [IPNetwork.Parse("10.0.0.0/8")] }
            .Trusts(new IPEndPoint(IPAddress.Parse("::ffff:10.1.2.3"), 1)));

    [Fact]
    public void A_refusal_of_the_inner_factory_closes_the_connection()
    {
        _memory.Reactor.ListenTcp(80, new ProxyProtocolFactory(Factory.For(_ => null)));
        MemoryPeer proxy = _memory.Connect(80);
        proxy.Send(Line);
        Assert.IsType<ConnectionDoneException>(proxy.Reason);
    }

    [Fact]
    public void A_path_that_is_no_text_is_kept_byte_for_byte()
    {
        byte[] path = [(byte)'/', .. Enumerable.Repeat((byte)0xff, 106), 0];
        byte[] header = ProxyHeaders.Binary(0x21, 0x31, path, new byte[108]);
        System.Net.SocketAddress told = Run([header], out _).Header!.Source!.Serialize();
        Assert.Equal(path[..107], told.Buffer.Span.Slice(2, 107).ToArray());
    }

    [Fact]
    public void What_version_2_tells_can_be_asked_for()
    {
        byte[] checksum = ProxyHeaders.Tlv(3, 0, 0, 0, 0);
        byte[] ssl = ProxyHeaders.Tlv(0x20, [
            0x07, 0, 0, 0, 0, .. ProxyHeaders.Tlv(0x21, "TLSv1.3"), .. ProxyHeaders.Tlv(0x22, "client"),
            .. ProxyHeaders.Tlv(0x23, "AES"), .. ProxyHeaders.Tlv(0x24, "SHA256"),
            .. ProxyHeaders.Tlv(0x25, "RSA2048")]);
        byte[] header = ProxyHeaders.Tcp4(checksum, ProxyHeaders.Tlv(1, "h2"), ProxyHeaders.Tlv(2, "a.example"),
            ProxyHeaders.Tlv(5, 1, 2, 3), ssl, ProxyHeaders.Tlv(0xe0, "own"));
        uint crc = uint.MaxValue;
        foreach (byte one in header)
            crc = System.Numerics.BitOperations.Crc32C(crc, one);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(16 + 12 + 3), ~crc);

        IProxyHeader told = Run([header], out _).Header!;

        Assert.Equal(2, told.Version);
        Assert.False(told.IsLocal);
        Assert.Equal("h2", told.NegotiatedProtocol);
        Assert.Equal("a.example", told.Authority);
        Assert.Equal([1, 2, 3], told.UniqueId.ToArray());
        Assert.Equal([3, 1, 2, 5, 0x20, 0xe0], told.Tlvs.Select(tlv => (int)tlv.Type));
        Assert.Equal(new ProxySslInfo
        {
            IsTls = true,
            HasCertificate = true,
            HasSessionCertificate = true,
            IsVerified = true,
            Version = "TLSv1.3",
            CommonName = "client",
            Cipher = "AES",
            SignatureAlgorithm = "SHA256",
            KeyAlgorithm = "RSA2048",
        }, told.Ssl);
    }

    [Fact]
    public void Version_2_may_tell_of_UNIX_sockets()
    {
        byte[] Path(string path) => [.. Encoding.UTF8.GetBytes(path), .. new byte[108 - path.Length]];
        Recorder recorder = Run([ProxyHeaders.Binary(0x21, 0x31, Path("/run/a"), Path("/run/b"))], out _);
        Assert.Equal("made /run/a to /run/b", recorder.Events[1]);
    }

    [Fact]
    public void An_announced_length_takes_no_memory()
    {
        byte[] begin = [.. ProxyHeaders.Signature, 0x21, 0x11, 0xff, 0xff];
        new ProxyHeaderParser(ushort.MaxValue).Feed(begin);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var parser = new ProxyHeaderParser(ushort.MaxValue);
        parser.Feed(begin);
        Assert.Null(parser.Error);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 512);
    }

    [Fact]
    public void The_header_stands_before_TLS_and_the_protocol_inside_sees_it()
    {
        using var authority = new TestAuthority();
        var tls = new TlsServerEndpoint(new TcpServerEndpoint(_memory.Reactor, 80),
            TlsOptions.OptionsForServerTls(authority.Issue("localhost")));
        new ProxyServerEndpoint(tls).Listen(new RecorderFactory(_recorder)).Forget();
        new TlsClientEndpoint(new Speaking(new TcpClientEndpoint(_memory.Reactor, "127.0.0.1", 80), Line),
            TlsOptions.OptionsForClientTls("localhost", authority.TrustRoot)).Connect(() => new Hello()).Forget();
        _memory.Clock.Advance(TimeSpan.Zero);
        Assert.Equal("made 192.0.2.7:12345 to 198.51.100.9:443", _recorder.Events[1]);
        Assert.Equal("hello", _recorder.Data);
        Assert.Equal(1, _recorder.Transport!.Get<IProxyHeader>()!.Version);
        Assert.NotNull(_recorder.Transport.Get<ITlsInfo>());
    }

    private static string Hex(string text) => Hex(Encoding.Latin1.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);

    private void Listen(ProxyProtocolOptions? options = null) =>
        _memory.Reactor.ListenTcp(80, new ProxyProtocolFactory(new RecorderFactory(_recorder), options));

    private static Recorder Run(IReadOnlyList<byte[]> pieces, out MemoryPeer proxy)
    {
        var memory = new MemoryReactor(new VirtualClock());
        var recorder = new Recorder();
        memory.Reactor.ListenTcp(80, new ProxyProtocolFactory(new RecorderFactory(recorder)), "127.0.0.1");
        proxy = memory.Connect(80);
        foreach (byte[] piece in pieces)
            proxy.Send(piece);
        return recorder;
    }

    private sealed class RecorderFactory(Recorder recorder) : ServerFactory
    {
        public override IProtocol BuildProtocol(EndPoint peer)
        {
            recorder.Events.Add($"built for {peer}");
            return recorder;
        }
    }

    private sealed class Recorder : Protocol
    {
        internal List<string> Events { get; } = [];

        internal string Data { get; private set; } = "";

        internal IProxyHeader? Header { get; private set; }

        internal new ITransport? Transport { get; private set; }

        protected override void ConnectionMade()
        {
            Transport = base.Transport;
            Header = Transport.Get<IProxyHeader>();
            Events.Add($"made {Transport.Peer} to {Transport.Host}");
        }

        protected override void DataReceived(ReadOnlySpan<byte> data) => Data += Encoding.Latin1.GetString(data);
    }

    private sealed class Hello : Protocol
    {
        protected override void ConnectionMade() => Transport.Write("hello");
    }

    /// <summary>Says something on each connection before its protocol does.</summary>
    private sealed class Speaking(IStreamClientEndpoint inner, string text) : IStreamClientEndpoint
    {
        public Deferred<IProtocol> Connect(IProtocolFactory factory) => inner.Connect(new First(factory, text))
            .AddCallback(protocol => ((FirstWords)protocol).Inner);

        private sealed class First(IProtocolFactory inner, string text) : WrappingFactory(inner)
        {
            protected override IProtocol Wrap(IProtocol protocol) => new FirstWords(protocol, text);
        }

        private sealed class FirstWords(IProtocol inner, string text) : ProtocolWrapper(inner)
        {
            protected override void ConnectionMade()
            {
                Below.Write(text);
                base.ConnectionMade();
            }
        }
    }
}
