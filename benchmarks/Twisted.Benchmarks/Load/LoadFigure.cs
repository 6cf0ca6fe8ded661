using System.Globalization;
namespace Twisted.Benchmarks.Load;

/// <summary>One thing that was measured.</summary>
/// <param name="Name">What.</param>
/// <param name="Value">How much.</param>
/// <param name="AtMost">What is still allowed; null where it is only told.</param>
/// <param name="Unit">Of both, or nothing.</param>
/// <param name="AtLeast">What is wanted, of a thing that must not be less.</param>
internal sealed record LoadFigure(
    string Name, double Value, double? AtMost = null, string Unit = "", double? AtLeast = null)
{
    /// <summary>Null where nothing was promised.</summary>
    internal bool? IsHeld => AtMost is null && AtLeast is null ? null
        : (AtMost is null || Value <= AtMost) && (AtLeast is null || Value >= AtLeast);

    internal string Text
    {
        get
        {
            string unit = Unit.Length == 0 ? "" : $" {Unit}";
            string limit = this switch
            {
                { AtMost: { } most, AtLeast: { } least } when most == least => Invariant($"wanted {most:#,0.##}{unit}"),
                { AtMost: { } most } => Invariant($"at most {most:#,0.##}{unit}"),
                { AtLeast: { } least } => Invariant($"at least {least:#,0.##}{unit}"),
                _ => "",
            };
            string verdict = IsHeld switch { true => "held", false => "MISSED", null => "" };
            return Invariant($"  {Name,-46} {Value,16:#,0.##}{unit,-6} {limit,-26} {verdict}").TrimEnd();
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
