using System.Net;

namespace Twisted.Tests;

/// <summary>Addresses as the system has them in bytes.</summary>
public class SocketAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:80")]
    [InlineData("255.255.255.255:65535")]
    [InlineData("[::1]:1")]
    [InlineData("[2001:db8::7%0]:443")]
    [InlineData("[fe80::1%3]:7")] // of a link, which has a scope
    public void An_address_comes_back_whole_with_its_scope(string text)
    {
        var address = IPEndPoint.Parse(text);
        byte[] bytes = new byte[SocketAddressBytes.Longest];
        int length = SocketAddressBytes.Write(address, bytes);
        var back = Assert.IsType<IPEndPoint>(SocketAddressBytes.Read(bytes.AsSpan(0, length)));
        Assert.Equal(address, back);
        if (address.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)
            Assert.Equal(address.Address.ScopeId, back.Address.ScopeId);
    }
}
