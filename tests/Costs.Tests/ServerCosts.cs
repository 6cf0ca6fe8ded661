namespace Costs.Tests;

/// <summary>What steps has counted while a server answered.</summary>
/// <param name="counts">What it has printed.</param>
/// <param name="bytes">What the server has allocated for all messages that were sent.</param>
internal sealed class ServerCosts(string counts, double bytes)
{
    private double Messages => Single("messages");

    /// <summary>The costs of one message.</summary>
    internal IReadOnlyCollection<Cost> Of(string scenario, bool withBytes = false)
    {
        double calls = Steps.Fields(counts, "call").Sum(call => Steps.Number(call[1]));
        Cost[] stepped =
        [
            new(scenario, Measures.SystemCalls, calls / Messages),
            new(scenario, Measures.Instructions, Single("instructions") / Messages),
        ];
        return withBytes ? [new(scenario, Measures.Bytes, bytes / Single("sent")), .. stepped] : stepped;
    }

    private double Single(string name) => Steps.Number(Steps.Fields(counts, name).Single()[0]);
}
