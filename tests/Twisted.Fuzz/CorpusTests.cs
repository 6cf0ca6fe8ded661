namespace Twisted.Fuzzing;

/// <summary>Every committed input, without a change: what has failed once does not come back.</summary>
public sealed class CorpusTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public static TheoryData<string> Names() => [.. Targets.Names];

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_input_of_the_corpus_passes(string name)
    {
        FuzzTarget target = Targets.Make(name);
        IReadOnlyList<string> files = Corpus.Files(name);
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            Exception? defect = Record.Exception(() => InputCheck.Of(target, File.ReadAllBytes(file)));
            Assert.True(defect is null, $"{Path.GetFileName(file)}: {defect?.Message}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_corpus_has_inputs_that_are_accepted_and_the_harness_hears_of_them(string name)
    {
        FuzzTarget target = Targets.Make(name);
        Assert.Contains(Corpus.Of(name), input =>
        {
            Outcome outcome = InputCheck.Of(target, input);
            return !outcome.IsRefused && outcome.Events.Count > 0;
        });
    }

    [Fact]
    public void Every_folder_of_the_corpus_belongs_to_a_parser() => Assert.Equal(
        Targets.Names.Order(),
        Directory.GetDirectories(Corpus.FolderOf("")).Select(folder => Path.GetFileName(folder)).Order());
}
