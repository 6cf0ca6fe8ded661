namespace Twisted.Words.Tests;

/// <summary>The file itself, on a real disk.</summary>
public sealed class MessageFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("message-file-");

    private string Name => Path.Combine(_folder.FullName, "x.log");

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Append(IMessageFile file, string text)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        Assert.Equal(bytes.Length, file.Append(bytes, out Exception? failure));
        Assert.Null(failure);
    }

    [Fact]
    public void It_appends_to_what_is_there_and_is_for_its_owner_alone()
    {
        using (IMessageFile file = MessageFile.Open(Name))
            Append(file, "one\n");
        using (IMessageFile file = MessageFile.Open(Name))
        {
            Assert.False(file.IsTorn);
            Append(file, "two");
            Append(file, " halves");
        }
        using (IMessageFile file = MessageFile.Open(Name))
            Assert.True(file.IsTorn);
        Assert.Equal("one\ntwo halves", File.ReadAllText(Name));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Name));
    }

    [Fact]
    public void A_file_that_was_moved_removed_or_replaced_is_not_named_so_any_more()
    {
        using IMessageFile moved = MessageFile.Open(Name);
        Assert.True(moved.IsStillNamed);
        File.Move(Name, Name + ".1");
        Assert.False(moved.IsStillNamed);
        using IMessageFile replaced = MessageFile.Open(Name);
        Assert.True(replaced.IsStillNamed);
        File.Move(Name + ".1", Name, overwrite: true);
        Assert.False(replaced.IsStillNamed);
        using IMessageFile removed = MessageFile.Open(Name);
        File.Delete(Name);
        Assert.False(removed.IsStillNamed);
    }

    [Fact]
    public void After_somebody_has_cut_it_to_nothing_it_begins_at_the_beginning()
    {
        using IMessageFile file = MessageFile.Open(Name);
        Append(file, "one\n");
        File.WriteAllText(Name, "");
        Append(file, "two\n");
        Assert.Equal("two\n", File.ReadAllText(Name));
    }

    [Fact]
    public void A_symbolic_link_is_followed()
    {
        File.CreateSymbolicLink(Name, Name + ".target");
        using IMessageFile file = MessageFile.Open(Name);
        Append(file, "one\n");
        Assert.True(file.IsStillNamed);
        Assert.Equal("one\n", File.ReadAllText(Name + ".target"));
    }

    [Fact]
    public void A_device_without_room_says_so()
    {
        using IMessageFile file = MessageFile.Open("/dev/full");
        Assert.Equal(0, file.Append("one\n"u8, out Exception? failure));
        Assert.IsType<IOException>(failure);
    }
}
