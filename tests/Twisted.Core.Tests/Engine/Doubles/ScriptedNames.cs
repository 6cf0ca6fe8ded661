using System.Net;

namespace Twisted.Tests;

/// <summary>A resolver that tells what a test wants it to tell, also after it was cancelled.</summary>
internal sealed class ScriptedNames : INameResolver, IHostResolution
{
    /// <summary>What it does inside the call that asks it.</summary>
    internal Action? OnAsked { get; set; }

    /// <summary>What it says has begun; null: it says nothing.</summary>
    internal IHostResolution? Began { get; set; }

    internal IResolutionReceiver? Receiver { get; private set; }

    internal int Cancels { get; private set; }

    public string Name { get; private set; } = "";

    public IHostResolution ResolveHostName(string host, IResolutionReceiver receiver)
    {
        Name = host;
        Receiver = receiver;
        if (Began is not null)
            receiver.ResolutionBegan(Began);
        OnAsked?.Invoke();
        return this;
    }

    /// <summary>Addresses are found.</summary>
    internal void Find(params string[] addresses)
    {
        foreach (string address in addresses)
            Receiver!.AddressResolved(IPAddress.Parse(address));
    }

    /// <summary>It has told all.</summary>
    internal void End(DnsLookupException? failure = null) => Receiver!.ResolutionComplete(failure);

    public void Cancel() => Cancels++;
}
