using System.Text.Json.Serialization;

namespace Twisted.Channels.Tests;

/// <summary>Messages that are objects.</summary>
public partial class TopicTests
{
    private readonly Nodes _nodes = new();

    [Fact]
    public void A_record_arrives_as_it_was_sent()
    {
        (Node one, Node two) = _nodes.StartTwo();
        var moves = new List<Move>();
        new Topic<Move>(one, "moves", GameJson.Default.Move).Subscribe((from, move) => moves.Add(move));
        var topic = new Topic<Move>(two, "moves", GameJson.Default.Move);
        Deferred sent = topic.Send(1, new Move("e2", 4));
        Assert.True(topic.TryPost(1, new Move("", -1)));
        Assert.Equal(1, topic.PostToAll(new Move("ä", 0)));
        _nodes.Settle();
        sent.SuccessResult();
        Assert.Equal([new("e2", 4), new("", -1), new("ä", 0)], moves);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[1]")]
    public void What_is_no_such_record_is_refused(string json)
    {
        (Node one, Node two) = _nodes.StartTwo();
        new Topic<Move>(one, "moves", GameJson.Default.Move).Subscribe((_, _) => Deferred.Succeed());
        Deferred sent = two.Send(1, "moves", Encoding.UTF8.GetBytes(json));
        _nodes.Settle();
        Assert.Equal(RefusalReason.Failed, sent.FailureResult<MessageRefusedException>().Reason);
    }

    public sealed record Move(string Piece, int To);

    [JsonSerializable(typeof(Move))]
    private sealed partial class GameJson : JsonSerializerContext;
}
