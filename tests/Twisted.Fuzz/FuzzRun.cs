using System.Diagnostics;
using System.Text;

namespace Twisted.Fuzzing;

/// <summary>The cases of one parser, one after the other, until one fails.</summary>
internal sealed class FuzzRun(FuzzTarget target, IReadOnlyList<byte[]> corpus, long seed)
{
    private readonly Mutator _mutator = new(corpus, target.Tokens);
    private long _number;
    private long _refused;

    internal string Target => target.Name;

    /// <summary>The case that runs now; any thread.</summary>
    internal long Number => Volatile.Read(ref _number);

    /// <summary>How many were run to their end.</summary>
    internal long Count { get; private set; }

    /// <summary>How many bytes they had.</summary>
    internal long Bytes { get; private set; }

    /// <summary>How many of a hundred the parser has refused: an input that is always refused tests little.</summary>
    internal long RefusedPercent => Count == 0 ? 0 : _refused * 100 / Count;

    internal TimeSpan Elapsed { get; private set; }

    /// <summary>The defect that was found.</summary>
    internal FuzzFailure? Failure { get; private set; }

    /// <summary>The input of a case.</summary>
    internal byte[] InputOf(long number)
    {
        FuzzRandom random = FuzzRandom.Of(target.Name, seed, number);
        return target.Repair(_mutator.Make(random), random);
    }

    /// <summary>Runs cases.</summary>
    /// <param name="first">The number of the first.</param>
    /// <param name="most">How many at the most.</param>
    /// <param name="time">How long at the most.</param>
    internal void Run(long first, long most, TimeSpan time)
    {
        long started = Stopwatch.GetTimestamp();
        for (long i = 0; i < most && Failure is null && Stopwatch.GetElapsedTime(started) < time; i++)
        {
            Volatile.Write(ref _number, first + i);
            byte[] input = InputOf(first + i);
            try
            {
                if (InputCheck.Of(target, input).IsRefused)
                    _refused++;
                Count++;
                Bytes += input.Length;
            }
            catch (DefectException defect)
            {
                Elapsed = Stopwatch.GetElapsedTime(started);
                Failure = Shrunk(input, defect);
                return;
            }
        }
        Elapsed = Stopwatch.GetElapsedTime(started);
    }

    private FuzzFailure Shrunk(byte[] input, DefectException defect)
    {
        byte[] shrunk = Shrinker.Shrink(input, other => Defect(other)?.Check == defect.Check, TimeSpan.FromSeconds(10));
        return new FuzzFailure(target.Name, seed, Number, shrunk, Defect(shrunk) ?? defect);
    }

    private DefectException? Defect(byte[] input)
    {
        try
        {
            InputCheck.Of(target, input);
            return null;
        }
        catch (DefectException defect)
        {
            return defect;
        }
    }
}

/// <summary>A defect and all that is needed to see it again.</summary>
internal sealed record FuzzFailure(string Target, long Seed, long Number, byte[] Input, DefectException Defect)
{
    private const int Shown = 512;

    internal string FileName =>
        $"{Defect.Check}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Input))[..8]}.bin";

    /// <summary>What the command prints.</summary>
    internal string Report(string file) => new StringBuilder()
        .AppendLine($"{Target}: {Defect.Message}")
        .AppendLine($"  seed {Seed}, case {Number}; the shrunk input has {Input.Length} bytes: "
            + Convert.ToHexStringLower(Input.AsSpan(0, Math.Min(Shown, Input.Length)))
            + (Input.Length > Shown ? "..." : ""))
        .AppendLine($"  again: ./test fuzz --target {Target} --seed {Seed} --case {Number}")
        .Append($"  written to {file}: commit it as tests/Twisted.Fuzz/Corpus/{Target}/{FileName} with the mend")
        .ToString();
}
