using Twisted.Conformance.Reentrancy;

namespace Twisted.Tests;

/// <summary>No cell of the re-entrancy grid leaves a descriptor behind.</summary>
[Collection(AloneTests.Name)]
public class ReentrancyLeakTests : ReentrancyGrid
{
    private ReactorKind _kind;

    protected override IReactor CreateReactor() => TestReactors.Create(_kind);

    [Theory]
    [InlineData(ReactorKind.Epoll)]
    [InlineData(ReactorKind.Portable)]
    public void All_cells_close_all_that_they_open(ReactorKind kind)
    {
        _kind = kind;
        PlayAll(); // what the runtime opens once and keeps
        int before = OwnProcess.Sockets();
        PlayAll();
        Assert.Equal(before, OwnProcess.Sockets());
    }

    private void PlayAll()
    {
        foreach ((string callback, string operation) in AllCells())
        {
            Reported.Clear();
            Play(callback, operation);
        }
    }
}
