namespace Costs.Tests;

/// <summary>The record itself.</summary>
public class CostRecordTests
{
    private const string Text =
        """
        # scenario	measure (of one message or operation)	value	tolerance
        C	instructions	50	information
        a	bytes allocated	0	0
        a	instructions	1000	5 %
        a	system calls	2.02	0.03

        """;

    [Fact]
    public void What_is_read_is_written_again() => Assert.Equal(Text, CostRecord.Parse(Text).ToString());

    [Theory]
    [InlineData(Measures.Bytes, 0)]
    [InlineData(Measures.Instructions, 950)]
    [InlineData(Measures.Instructions, 1050)]
    [InlineData(Measures.SystemCalls, 2.05)]
    [InlineData(Measures.SystemCalls, 1.99)]
    public void A_cost_within_the_tolerance_agrees(string measure, double value) =>
        Assert.Empty(Disagreements(new Cost("a", measure, value)));

    [Theory]
    [InlineData(Measures.Bytes, 0.01, "worse")]
    [InlineData(Measures.Instructions, 1051, "worse")]
    [InlineData(Measures.Instructions, 949, "better")]
    [InlineData(Measures.SystemCalls, 2.06, "worse")]
    [InlineData(Measures.SystemCalls, 1.98, "better")]
    public void A_cost_beyond_the_tolerance_is_told_with_the_command_that_records_it(
        string measure, double value, string word)
    {
        string told = Assert.Single(Disagreements(new Cost("a", measure, value)));
        Assert.Contains($"{word} than before", told, StringComparison.Ordinal);
        Assert.Contains("UPDATE_COSTS=1 ./test costs", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_for_information_is_not_held() =>
        Assert.Empty(Disagreements(new Cost("C", Measures.Instructions, 99)));

    [Fact]
    public void A_cost_that_is_not_recorded_is_told() => Assert.Contains("not recorded yet",
        Assert.Single(Disagreements(new Cost("b", Measures.Bytes, 0))), StringComparison.Ordinal);

    [Fact]
    public void A_row_that_is_not_measured_any_more_is_told() => Assert.Equal(
        ["a: instructions is recorded but not measured. If this is meant: UPDATE_COSTS=1 ./test costs"],
        CostRecord.Parse(Text).Disagreements(
            [new("a", Measures.Bytes, 0), new("a", Measures.SystemCalls, 2.02)], name => name == "a"));

    [Fact]
    public void An_update_changes_what_disagrees_and_keeps_the_tolerances()
    {
        CostRecord record = CostRecord.Parse(Text);
        record.Update(
            [new("a", Measures.Instructions, 1020), new("a", Measures.SystemCalls, 3), new("a", Measures.Bytes, 0)],
            name => name == "a", isInformation: false);
        Assert.Equal(Text.Replace("2.02", "3", StringComparison.Ordinal), record.ToString());
    }

    [Fact]
    public void An_update_adds_what_is_new_and_drops_what_is_gone()
    {
        CostRecord record = CostRecord.Parse(Text);
        record.Update([new("a", "bytes allocated", 0), new("b", "instructions", 7.004)], _ => true, false);
        record.Update([new("C2", "instructions", 5)], name => name == "C2", isInformation: true);
        Assert.Equal(
            """
            # scenario	measure (of one message or operation)	value	tolerance
            C2	instructions	5	information
            a	bytes allocated	0	0
            b	instructions	7	10 %

            """, record.ToString());
    }

    private static IReadOnlyList<string> Disagreements(Cost cost) =>
        CostRecord.Parse(Text).Disagreements([cost], _ => false);
}
