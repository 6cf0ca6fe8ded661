using System.Runtime.CompilerServices;

namespace Twisted.Tests;

[Collection(AloneTests.Name)]
public class DebugModeTests
{
    [Fact]
    public void Firing_twice_tells_where_it_was_created_and_fired()
    {
        string message;
        Deferred.DebugMode = true;
        try
        {
            message = FireTwice();
        }
        finally
        {
            Deferred.DebugMode = false;
        }
        Assert.Contains(nameof(CreatedHere), message);
        Assert.Contains(nameof(FiredHere), message);
    }

    [Fact]
    public void Without_it_the_message_says_how_to_find_out()
    {
        string message = FireTwice();
        Assert.Contains(nameof(Deferred.DebugMode), message);
        Assert.DoesNotContain(nameof(CreatedHere), message);
    }

    private static string FireTwice()
    {
        Deferred<int> d = CreatedHere();
        FiredHere(d);
        return Assert.Throws<AlreadyCalledException>(() => d.Callback(2)).Message;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Deferred<int> CreatedHere() => new();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FiredHere(Deferred<int> d) => d.Callback(1);
}
