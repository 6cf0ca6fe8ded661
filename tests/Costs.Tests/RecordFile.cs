namespace Costs.Tests;

/// <summary>costs.tsv: what is measured is held against it, or, with UPDATE_COSTS=1, written into it.</summary>
internal static class RecordFile
{
    private static readonly Lock OneAtATime = new();
    private static readonly string Path = Repository.PathOf("tests/Costs.Tests/costs.tsv");

    /// <summary>Holds costs against the record.</summary>
    /// <param name="measured">All costs of these scenarios.</param>
    /// <param name="isMeant">Which scenarios these are.</param>
    /// <param name="isInformation">Whether new rows are only for information.</param>
    internal static void Check(IReadOnlyCollection<Cost> measured, Predicate<string> isMeant,
        bool isInformation = false)
    {
        lock (OneAtATime)
        {
            CostRecord record = CostRecord.Parse(File.Exists(Path) ? File.ReadAllText(Path) : "");
            if (Environment.GetEnvironmentVariable("UPDATE_COSTS") == "1")
            {
                record.Update(measured, isMeant, isInformation);
                File.WriteAllText(Path, record.ToString());
            }
            IReadOnlyList<string> disagreements = record.Disagreements(measured, isMeant);
            Assert.True(disagreements.Count == 0, string.Join('\n', disagreements));
        }
    }
}
