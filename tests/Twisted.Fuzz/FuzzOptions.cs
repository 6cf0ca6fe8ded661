using System.Globalization;

namespace Twisted.Fuzzing;

/// <summary>What the command was asked for.</summary>
internal sealed record FuzzOptions
{
    internal const string Usage = """
        usage: ./test fuzz [--seconds N] [--target NAME] [--seed S] [--case C]

          --seconds N    N seconds for each parser, with new cases each time; without it 200,000 cases or 5 seconds,
                         whichever comes first, and always the same cases
          --target NAME  one parser only
          --seed S       the cases of this seed
          --case C       this case only
        """;

    private const long UsualCases = 200_000;
    private const int UsualSeconds = 5;
    private const int MostSeconds = 30 * 24 * 3600;

    internal int? Seconds { get; private init; }

    internal string? Target { get; private init; }

    internal long? Number { get; private init; }

    internal long Seed { get; private init; } = 1;

    internal TimeSpan Time => TimeSpan.FromSeconds(Seconds ?? UsualSeconds);

    internal long MostCases => Number is not null ? 1 : Seconds is null ? UsualCases : long.MaxValue;

    /// <summary>Reads the arguments; null when they make no sense.</summary>
    internal static FuzzOptions? Of(IReadOnlyList<string> arguments)
    {
        var options = new FuzzOptions();
        bool hasSeed = false;
        for (int i = 0; i < arguments.Count; i += 2)
        {
            string value = i + 1 < arguments.Count ? arguments[i + 1] : "";
            bool isNumber = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number);
            switch (arguments[i])
            {
                case "--target" when Targets.Names.Contains(value):
                    options = options with { Target = value };
                    break;
                case "--seconds" when isNumber && number is > 0 and <= MostSeconds:
                    options = options with { Seconds = (int)number };
                    break;
                case "--seed" when isNumber:
                    options = options with { Seed = number };
                    hasSeed = true;
                    break;
                case "--case" when isNumber:
                    options = options with { Number = number };
                    break;
                default:
                    return null;
            }
        }
        return options.Seconds is null || hasSeed
            ? options
            : options with { Seed = Environment.TickCount64 };
    }
}
