using System.Xml.Linq;

namespace ConformanceTable.Tests;

/// <summary>The files that ./test leaves, one a project, of its last run.</summary>
internal static class TestResults
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    internal static bool Exist => Paths.Length > 0;

    private static string[] Paths => Files.In("artifacts/results", "*.trx");

    /// <summary>The class that ran and the method. A theory has passed when one of its cases has.</summary>
    internal static IEnumerable<(string Class, string Method)> Passed() => Paths.SelectMany(path =>
    {
        XElement run = XElement.Load(path);
        HashSet<string> passed =
        [
            .. from result in run.Descendants(Trx + "UnitTestResult")
               where (string?)result.Attribute("outcome") == "Passed"
               select (string)result.Attribute("testId")!,
        ];
        return from test in run.Descendants(Trx + "UnitTest")
               where passed.Contains((string)test.Attribute("id")!)
               let method = test.Element(Trx + "TestMethod")!
               select ((string)method.Attribute("className")!, (string)method.Attribute("name")!);
    });
}
