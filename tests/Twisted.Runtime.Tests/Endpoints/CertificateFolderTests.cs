using System.Security.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Twisted.Conformance;
using Twisted.Testing;

namespace Twisted.Tests;

public sealed class CertificateFolderTests : IDisposable
{
    private readonly CertificateFiles _files = new();
    private readonly VirtualClock _clock = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_name_that_a_client_asks_for_chooses_the_file()
    {
        Write("a.example", "*.a.example", "DEFAULT");
        CertificateFolder folder = Open();
        Assert.Equal("CN=a.example", Subject(folder, "a.example"));
        Assert.Equal("CN=a.example", Subject(folder, "A.EXAMPLE"));
        Assert.Equal("CN=*.a.example", Subject(folder, "www.a.example"));
        Assert.Equal("CN=DEFAULT", Subject(folder, "deep.www.a.example"));
        Assert.Equal("CN=DEFAULT", Subject(folder, ""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("b.example")]
    [InlineData("../a.example")]
    [InlineData("a.example.pem")]
    [InlineData("a.example\0")]
    public void A_name_that_the_folder_has_not_is_refused_without_a_default(string name)
    {
        Write("a.example");
        Assert.Throws<AuthenticationException>(() => Open().Find(name));
    }

    [Fact]
    public void A_file_that_changes_is_read_anew_at_most_once_a_second()
    {
        Write("a.example");
        CertificateFolder folder = Open();
        _files.Pair("certificates/a.example.pem", "renewed.example");
        Touch("a.example", 1);
        Assert.Equal("CN=a.example", Subject(folder, "a.example"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("CN=renewed.example", Subject(folder, "a.example"));
    }

    [Fact]
    public void What_has_not_changed_is_kept()
    {
        Write("a.example");
        CertificateFolder folder = Open();
        var before = folder.Find("a.example");
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Same(before, folder.Find("a.example"));
    }

    [Fact]
    public void Files_come_and_go()
    {
        Write("a.example");
        CertificateFolder folder = Open();
        Write("b.example");
        File.Delete(PathOf("a.example"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("CN=b.example", Subject(folder, "b.example"));
        Assert.Throws<AuthenticationException>(() => folder.Find("a.example"));
    }

    [Fact]
    public void A_file_that_becomes_unreadable_leaves_the_certificate_before_it_and_the_others()
    {
        Write("a.example", "b.example");
        CertificateFolder folder = Open();
        File.WriteAllText(PathOf("a.example"), "half written");
        File.WriteAllText(PathOf("c.example"), "half written too");
        _files.Pair("certificates/b.example.pem", "renewed.example");
        Touch("b.example", 1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("CN=a.example", Subject(folder, "a.example"));
        Assert.Equal("CN=renewed.example", Subject(folder, "b.example"));
    }

    [Fact]
    public void A_folder_that_vanishes_leaves_all_certificates()
    {
        Write("a.example");
        CertificateFolder folder = Open();
        Directory.Delete(Path.Combine(_files.Folder, "certificates"), recursive: true);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("CN=a.example", Subject(folder, "a.example"));
    }

    [Fact]
    public void At_the_start_a_bad_file_and_an_empty_folder_are_errors()
    {
        Directory.CreateDirectory(Path.Combine(_files.Folder, "certificates"));
        Assert.Throws<InvalidDataException>(() => Open());
        File.WriteAllText(PathOf("a.example"), "half written");
        Assert.Throws<InvalidDataException>(() => Open());
    }

    private CertificateFolder Open() =>
        new(Path.Combine(_files.Folder, "certificates"), _clock, NullLogger.Instance);

    private string PathOf(string name) => Path.Combine(_files.Folder, "certificates", name + ".pem");

    private void Write(params string[] names)
    {
        foreach (string name in names)
            _files.Pair($"certificates/{name}.pem", name);
    }

    /// <summary>The file system's clock is coarse: a change within its tick would not be seen.</summary>
    private void Touch(string name, int seconds) => File.SetLastWriteTimeUtc(PathOf(name),
        File.GetLastWriteTimeUtc(PathOf(name)).AddSeconds(seconds));

    private static string Subject(CertificateFolder folder, string name) =>
        folder.Find(name).ServerCertificateContext!.TargetCertificate.Subject;
}
