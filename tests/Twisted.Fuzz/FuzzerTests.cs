namespace Twisted.Fuzzing;

/// <summary>The fuzzer finds what is wrong: parsers with one planted fault each.</summary>
public class FuzzerTests
{
    private static readonly byte[][] Beginnings = ["hello;world;"u8.ToArray(), "a;b"u8.ToArray()];

    [Theory]
    [InlineData("none", null)]
    [InlineData("throws", "error")]
    [InlineData("forgets", "chunks")]
    [InlineData("rewrites", "roundtrip")]
    [InlineData("searches again", "work")]
    [InlineData("reserves", "memory")]
    [InlineData("copies", "allocation")]
    [InlineData("leaves a failure", "unhandled")]
    public void A_planted_fault_is_found_and_shrunk(string fault, string? check)
    {
        var run = new FuzzRun(new Faulty(fault), Beginnings, seed: 1);
        run.Run(0, 20_000, TimeSpan.FromMinutes(1));
        Assert.Equal(check, run.Failure?.Defect.Check);
        if (check is "error" or "chunks" or "roundtrip" or "unhandled")
            Assert.InRange(run.Failure!.Input.Length, 1, 6);
    }

    [Fact]
    public void A_case_is_the_same_alone_as_among_others()
    {
        byte[][] first = Inputs(seed: 7, from: 0, 50);
        Assert.Equal(first[20..], Inputs(seed: 7, from: 20, 30));
        Assert.NotEqual(first, Inputs(seed: 8, from: 0, 50));
    }

    [Fact]
    public void A_failure_is_repeated_by_its_number_alone()
    {
        var run = new FuzzRun(new Faulty("throws"), Beginnings, seed: 3);
        run.Run(0, 20_000, TimeSpan.FromMinutes(1));
        var again = new FuzzRun(new Faulty("throws"), Beginnings, seed: 3);
        again.Run(run.Failure!.Number, 1, TimeSpan.FromMinutes(1));
        Assert.Equal(run.Failure.Input, again.Failure!.Input);
        Assert.Contains($"--seed 3 --case {run.Failure.Number}", run.Failure.Report("x"), StringComparison.Ordinal);
    }

    [Fact]
    public void Random_numbers_are_those_of_SplitMix64()
    {
        var random = new FuzzRandom(1234567);
        Assert.Equal([6457827717110365317UL, 3203168211198807973UL], [random.Next(), random.Next()]);
    }

    [Theory]
    [InlineData("--seconds")]
    [InlineData("--seconds", "0")]
    [InlineData("--target", "nothing")]
    [InlineData("--seed", "-1")]
    [InlineData("--else", "1")]
    public void Arguments_that_make_no_sense_are_refused(params string[] arguments) =>
        Assert.Null(FuzzOptions.Of(arguments));

    [Fact]
    public void Without_a_time_the_cases_are_limited_and_always_the_same()
    {
        Assert.Equal((200_000, 5, 1), Shown());
        Assert.Equal((1, 5, 9), Shown("--seed", "9", "--case", "3"));
        Assert.Equal((long.MaxValue, 60, 9), Shown("--seconds", "60", "--seed", "9"));

        static (long, double, long) Shown(params string[] arguments) => FuzzOptions.Of(arguments) is { } options
            ? (options.MostCases, options.Time.TotalSeconds, options.Seed)
            : default;
    }

    private static byte[][] Inputs(long seed, int from, int count)
    {
        var run = new FuzzRun(new Faulty("none"), Beginnings, seed);
        return [.. Enumerable.Range(from, count).Select(number => run.InputOf(number))];
    }

    /// <summary>Cuts at semicolons, with one fault.</summary>
    private sealed class Faulty(string fault) : FuzzTarget("faulty")
    {
        internal override int Limit => 1 << 20;

        internal override IReadOnlyList<byte[]> Tokens => [[0xff]];

        internal override void Run(ReadOnlySpan<byte> input, IReadOnlyList<int> sizes, Outcome outcome)
        {
            var rest = new List<byte>();
            int start = 0;
            foreach (int size in sizes)
            {
                if (fault == "forgets" && start > 0 && rest is [(byte)'x'])
                    rest.Clear();
                foreach (byte b in input.Slice(start, size))
                    Take(rest, b, outcome);
                start += size;
                if (fault == "searches again")
                    outcome.Work += rest.Count;
                int held = fault == "reserves" && rest is [(byte)'r', ..] ? 65536 : rest.Count;
                outcome.Hold(held, Limit, start);
                if (fault == "copies")
                    _ = new byte[rest.Count * 16];
            }
        }

        internal override void Verify(ReadOnlySpan<byte> input, Outcome outcome)
        {
            if (fault == "rewrites" && outcome.Events.Any(one => one.Payload.Contains((byte)0xff)))
                throw new DefectException("roundtrip", "not the same");
        }

        private void Take(List<byte> rest, byte b, Outcome outcome)
        {
            if (fault == "throws" && b == 0xff)
                throw new InvalidTimeZoneException();
            if (fault == "leaves a failure" && b == 0xff)
                FailureSink.Report(new InvalidTimeZoneException(), "here");
            rest.Add(b);
            if (b != ';')
                return;
            outcome.Add("piece", [.. rest]);
            rest.Clear();
        }
    }
}
