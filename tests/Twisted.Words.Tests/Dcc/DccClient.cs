namespace Twisted.Words.Tests;

/// <summary>A client whose offers a test takes, or not.</summary>
internal sealed class DccClient(IReactorTime clock, string nickname, DccOptions options) : IrcClient(nickname, clock)
{
    internal List<DccOffer> Offers { get; } = [];

    internal List<string> Queries { get; } = [];

    protected override DccOptions DccOptions => options;

    protected override IReadOnlyCollection<string> WantedCapabilities => [];

    protected override TimeSpan? HeartbeatInterval => null;

    protected override void DccOffered(DccOffer offer) => Offers.Add(offer);

    protected override void CtcpQueryReceived(string user, string channel, string tag, string? data) =>
        Queries.Add($"{tag} {data}");
}
