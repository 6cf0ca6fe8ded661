using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>A network interface as users name it: by index, by name, or by an IPv4 address that it has.</summary>
/// <param name="Index">Its index; 0 for the system's choice, or where the address says which.</param>
/// <param name="Address">The IPv4 address that it was named by.</param>
internal readonly record struct InterfaceName(int Index, IPAddress? Address)
{
    /// <summary>Looks a name up; null when there is no such interface.</summary>
    internal static InterfaceName? Find(string name)
    {
        if (name.Length == 0)
            return new InterfaceName(0, null);
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            return new InterfaceName(index, null);
        IPAddress? address = IPAddress.TryParse(name, out IPAddress? parsed) ? parsed : null;
        if (address?.AddressFamily == AddressFamily.InterNetwork)
            return new InterfaceName(0, address);
        foreach (NetworkInterface one in NetworkInterface.GetAllNetworkInterfaces())
        {
            IPInterfaceProperties properties = one.GetIPProperties();
            if (one.Name == name || properties.UnicastAddresses.Any(own => own.Address.Equals(address)))
                return new InterfaceName(IndexOf(one, properties), null);
        }
        return null;
    }

    private static int IndexOf(NetworkInterface one, IPInterfaceProperties properties) =>
        one.Supports(NetworkInterfaceComponent.IPv6)
            ? properties.GetIPv6Properties().Index
            : properties.GetIPv4Properties().Index;
}
