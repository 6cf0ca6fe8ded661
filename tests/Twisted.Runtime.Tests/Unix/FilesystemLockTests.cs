using System.Globalization;
using Twisted.Conformance;

namespace Twisted.Tests;

public sealed class FilesystemLockTests : IDisposable
{
    // Linux gives no process this id: it is above the highest that the kernel allows.
    private const int NoProcess = 1 << 23;

    private readonly SocketFolder _folder = new();
    private readonly string _path;

    public FilesystemLockTests() => _path = _folder.Fresh();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_a_link_to_our_process_id_until_it_is_given_back()
    {
        var own = new FilesystemLock(_path);
        Assert.True(own.TryLock());
        Assert.True(own.IsLocked);
        Assert.True(own.WasClean);
        Assert.True(FilesystemLock.IsHeld(_path));
        Assert.Equal(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), new FileInfo(_path).LinkTarget);
        own.Unlock();
        Assert.False(own.IsLocked);
        Assert.False(FilesystemLock.IsHeld(_path));
        Assert.Empty(_folder.Contents());
    }

    [Fact]
    public void Nobody_else_gets_it_meanwhile_not_even_this_object()
    {
        var own = new FilesystemLock(_path);
        var other = new FilesystemLock(_path);
        Assert.True(own.TryLock());
        Assert.False(own.TryLock());
        Assert.True(own.IsLocked);
        Assert.False(other.TryLock());
        Assert.False(other.IsLocked);
        own.Unlock();
        Assert.True(other.TryLock());
        other.Unlock();
    }

    [Fact]
    public void The_lock_of_a_living_process_is_respected()
    {
        File.CreateSymbolicLink(_path, "1"); // the first process lives as long as the machine
        Assert.False(new FilesystemLock(_path).TryLock());
        Assert.True(FilesystemLock.IsHeld(_path));
    }

    [Fact]
    public void The_lock_of_a_dead_process_is_taken_over_and_was_not_clean()
    {
        File.CreateSymbolicLink(_path, NoProcess.ToString(CultureInfo.InvariantCulture));
        Assert.False(FilesystemLock.IsHeld(_path));
        var own = new FilesystemLock(_path);
        Assert.True(own.TryLock());
        Assert.False(own.WasClean);
        own.Unlock();
        Assert.Empty(_folder.Contents());
    }

    [Theory]
    [InlineData("4000001", true)] // no process has so high a number
    [InlineData("+4000001", false)]
    [InlineData(" 4000001", false)]
    [InlineData("4000001\n", false)]
    [InlineData("0", false)]
    [InlineData("1", false)]
    [InlineData("", false)]
    [InlineData("web", false)]
    public void What_was_moved_aside_is_removed_only_if_it_is_a_dead_processs_lock(string target, bool isStale) =>
        Assert.Equal(isStale, LockLink.IsStale(target));

    [Fact]
    public void What_was_unclean_once_may_be_clean_the_next_time()
    {
        File.CreateSymbolicLink(_path, NoProcess.ToString(CultureInfo.InvariantCulture));
        var own = new FilesystemLock(_path);
        Assert.True(own.TryLock());
        own.Unlock();
        Assert.True(own.TryLock());
        Assert.True(own.WasClean);
        own.Unlock();
    }

    [Fact]
    public void What_is_not_held_cannot_be_given_back()
    {
        var own = new FilesystemLock(_path);
        Assert.Throws<InvalidOperationException>(own.Unlock);
        Assert.True(own.TryLock());
        Assert.Throws<InvalidOperationException>(new FilesystemLock(_path).Unlock);
        Assert.True(FilesystemLock.IsHeld(_path));
        own.Unlock();
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error()
    {
        var own = new FilesystemLock(Path.Combine(_path, "lock"));
        Assert.ThrowsAny<IOException>(() => own.TryLock());
        Assert.False(own.IsLocked);
    }

    [Fact]
    public void A_file_in_its_place_is_an_error_and_stays()
    {
        File.WriteAllText(_path, "");
        Assert.Throws<IOException>(() => new FilesystemLock(_path).TryLock());
        Assert.Single(_folder.Contents());
    }
}
