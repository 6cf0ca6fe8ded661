using System.Net;

namespace Twisted.Words.Tests;

public class IrcDccTests
{
    [Theory]
    [InlineData("SEND f.txt 2130706433 5000 10", "Send f.txt 127.0.0.1 5000 10 ")]
    [InlineData("send f.txt 203.0.113.7 65535", "Send f.txt 203.0.113.7 65535  ")]
    [InlineData("SEND f.txt 2001:db8::1 1024 9223372036854775807", "Send f.txt 2001:db8::1 1024 9223372036854775807 ")]
    [InlineData("SEND f.txt ::ffff:127.0.0.1 1024 1", "Send f.txt 127.0.0.1 1024 1 ")]
    [InlineData("SEND  \"a b.txt\"  1  5000  10", "Send a b.txt 0.0.0.1 5000 10 ")]
    [InlineData("SEND /etc/passwd 1 5000 10", "Send passwd 0.0.0.1 5000 10 ")]
    [InlineData(@"SEND C:\Windows\a.ini 1 5000 10", "Send a.ini 0.0.0.1 5000 10 ")]
    [InlineData("SEND ..a/b..c 1 5000 10", "Send b..c 0.0.0.1 5000 10 ")]
    [InlineData("SEND fichier-é-文.txt 1 5000 10", "Send fichier-é-文.txt 0.0.0.1 5000 10 ")]
    [InlineData("SEND f 1 0 10 T1", "Send f 0.0.0.1 0 10 T1")]
    [InlineData("CHAT chat 1 5000", "Chat  0.0.0.1 5000  ")]
    [InlineData("CHAT ../x 1 5000", "Chat  0.0.0.1 5000  ")]
    [InlineData("RESUME f.txt 5000 7", "Resume f.txt  5000 7 ")]
    [InlineData("ACCEPT \"a b\" 5000 7", "Accept a b  5000 7 ")]
    public void An_offer_is_understood(string data, string understood)
    {
        Assert.True(IrcDcc.TryParseOffer(data, out DccOffer? offer));
        long? number = offer.Kind is DccKind.Resume or DccKind.Accept ? offer.Position : offer.Size;
        Assert.Equal(understood,
            $"{offer.Kind} {offer.FileName} {offer.Address} {offer.Port} {number} {offer.Token}");
        Assert.True(IrcDcc.TryParseOffer(IrcDcc.FormatOffer(offer), out DccOffer? again));
        Assert.Equal(offer, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SEND")]
    [InlineData("SEND f")]
    [InlineData("SEND f 1")]
    [InlineData("SEND \"f 1 5000 10")]
    [InlineData("SEND f 1 5000 10 T1 x")]
    [InlineData("SEND f 1 5000 -1")]
    [InlineData("SEND f 1 5000 9223372036854775808")]
    [InlineData("SEND f 1 5000 1e3")]
    [InlineData("SEND f 1 1023 10")]
    [InlineData("SEND f 1 25 10")]
    [InlineData("SEND f 1 65536 10")]
    [InlineData("SEND f 1 0 10")]
    [InlineData("SEND f 1 0 10 a-b")]
    [InlineData("SEND f 4294967296 5000 10")]
    [InlineData("SEND f -1 5000 10")]
    [InlineData("SEND f 127.1 5000 10")]
    [InlineData("SEND f 0177.0.0.1 5000 10")]
    [InlineData("SEND f 0x7f000001 5000 10")]
    [InlineData("SEND f fe80::1%1 5000 10")]
    [InlineData("SEND f host.example 5000 10")]
    [InlineData("SEND,CHAT f 1 5000 10")]
    [InlineData("0 f 1 5000 10")]
    [InlineData("CHAT chat 1")]
    [InlineData("RESUME f 5000")]
    [InlineData("RESUME f 5000 -1")]
    [InlineData("RESUME f 5000 1 2 3")]
    [InlineData("TSEND f 1 5000 10")]
    public void What_is_no_offer_is_not(string data) => Assert.False(IrcDcc.TryParseOffer(data, out _));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData(".bashrc")]
    [InlineData("~root")]
    [InlineData("-rf")]
    [InlineData("a/")]
    [InlineData(@"a\")]
    [InlineData("/..")]
    [InlineData(@"\..")]
    [InlineData("C:")]
    [InlineData("f.txt:stream")]
    [InlineData("a*b")]
    [InlineData("a?b")]
    [InlineData("a<b")]
    [InlineData("a>b")]
    [InlineData("a|b")]
    [InlineData("a\tb")]
    [InlineData("a\u007fb")]
    [InlineData("a\u0085b")]
    [InlineData("gpj\u202eexe")]
    [InlineData("a\u200bb")]
    [InlineData("a\u2028b")]
    [InlineData("a\ufffdb")]
    [InlineData("a\ud800b")]
    [InlineData("a.")]
    [InlineData("a ")]
    [InlineData(" a")]
    [InlineData("CON")]
    [InlineData("nul.txt")]
    [InlineData("Aux .h")]
    [InlineData("com1")]
    [InlineData("LPT9.tar.gz")]
    [InlineData("com¹")]
    [InlineData("CONIN$")]
    public void A_name_that_could_be_more_than_a_new_file_is_refused(string name) =>
        Assert.False(IrcDcc.TryParseOffer($"SEND \"{name}\" 1 5000 10", out _));

    [Theory]
    [InlineData("console")]
    [InlineData("com")]
    [InlineData("com10")]
    [InlineData("comx")]
    [InlineData("null")]
    [InlineData("a.b.c")]
    [InlineData("a-b~c")]
    public void A_name_that_only_looks_like_one_is_not(string name) =>
        Assert.True(IrcDcc.TryParseOffer($"SEND {name} 1 5000 10", out _));

    [Fact]
    public void The_length_of_a_name_is_bounded_in_bytes()
    {
        Assert.True(IrcDcc.TryParseOffer($"SEND {new string('é', 120)} 1 5000 10", out _));
        Assert.False(IrcDcc.TryParseOffer($"SEND {new string('é', 120)}e 1 5000 10", out _));
    }

    [Fact]
    public void Only_what_is_read_as_itself_is_written()
    {
        var offer = new DccOffer
        {
            Kind = DccKind.Send,
            FileName = "f",
            Address = IPAddress.Loopback,
            Port = 5000,
            Size = 10,
        };
        Assert.Equal("SEND f 2130706433 5000 10", IrcDcc.FormatOffer(offer));
        foreach (DccOffer bad in new[]
        {
            offer with { FileName = "a/b" },
            offer with { FileName = "a\"b" },
            offer with { Port = 80 },
            offer with { Address = null },
            offer with { Token = "a b" },
            offer with { Position = 5 },
        })
            Assert.Throws<ArgumentException>(() => IrcDcc.FormatOffer(bad));
    }
}
