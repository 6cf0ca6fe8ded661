using System.Globalization;

namespace Twisted.Benchmarks.Micro;

/// <summary>Prints a table a group.</summary>
internal static class MicroReport
{
    internal static void Print(MicroResult result, TextWriter to)
    {
        to.WriteLine();
        to.WriteLine($"{result.Group.Name,-50} {"ns",10} {"bytes",8} {"Twisted ns",12} {"times",8}");
        foreach (MicroCase measured in result.Cases)
            to.WriteLine("  " + Row(result, measured));
        foreach (string verdict in result.Verdicts())
            to.WriteLine("  " + verdict);
    }

    internal static IEnumerable<object> ForJson(MicroResult result) => result.Cases.Select(measured => new
    {
        group = result.Group.Name,
        name = measured.FullName,
        nanoseconds = measured.Nanoseconds,
        bytes = measured.Bytes,
        twistedNanoseconds = result.Theirs(measured),
        ratio = result.Ratio(measured),
        steady = result.IsSteady(measured),
    });

    private static string Row(MicroResult result, MicroCase measured)
    {
        if (measured.Nanoseconds is null)
            return $"{measured.FullName,-48} not measured: the benchmark failed";
        string ours = Text($"{measured.FullName,-48} {measured.Nanoseconds,10:N1} {measured.Bytes,8:N0}");
        if (result.Theirs(measured) is not { } theirs)
            return ours;
        string mark = result.IsSteady(measured) ? "" : " busy: two runs of Twisted differ";
        return ours + Text($" {theirs,12:N0} {result.Ratio(measured),8:F1}{mark}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
