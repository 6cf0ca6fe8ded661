namespace Twisted.Words.Tests;

public class IrcServerFeaturesTests
{
    private readonly IrcServerFeatures _features = new();

    [Fact]
    public void Before_a_server_has_spoken_the_usual_holds()
    {
        Assert.Equal(("ovh", "@+%"), (_features.PrefixModes, _features.PrefixMarks));
        Assert.Equal((9, 200, 3), (_features.NickLength, _features.ChannelLength, _features.ModesPerCommand));
        Assert.Same(IrcCaseMapping.Rfc1459, _features.CaseMapping);
        Assert.True(_features.TakesParameter('b', isSet: true));
        Assert.True(_features.TakesParameter('l', isSet: true));
        Assert.False(_features.TakesParameter('l', isSet: false));
        Assert.False(_features.TakesParameter('n', isSet: true));
    }

    [Fact]
    public void What_it_says_holds()
    {
        _features.Parse("PREFIX=(qaohv)~&@%+", "CHANMODES=be,k,l,imnt", "NICKLEN=30", "CASEMAPPING=ascii", "EXCEPTS",
            @"NETWORK=My\x20Net", "TOPICLEN=307", "CHANTYPES=#");
        Assert.Equal(("qaohv", "~&@%+"), (_features.PrefixModes, _features.PrefixMarks));
        Assert.Equal((30, 307, "My Net"), (_features.NickLength, _features.TopicLength, _features.Network));
        Assert.Same(IrcCaseMapping.Ascii, _features.CaseMapping);
        Assert.True(_features.TakesParameter('k', isSet: false));
        Assert.False(_features.TakesParameter('l', isSet: false));
        Assert.True(_features.TakesParameter('q', isSet: true));
        Assert.Equal("", _features["EXCEPTS"]);
        Assert.Null(_features["INVEX"]);
        Assert.True(_features.IsChannel("#a"));
        Assert.False(_features.IsChannel("&a"));
    }

    [Fact]
    public void What_it_takes_back_is_the_usual_again()
    {
        _features.Parse("PREFIX=(o)@", "NICKLEN=30", "CASEMAPPING=ascii", "CHANMODES=a,b,c,d");
        _features.Parse("-PREFIX", "-NICKLEN", "-CASEMAPPING", "-CHANMODES");
        Before_a_server_has_spoken_the_usual_holds();
    }

    [Theory]
    [InlineData("PREFIX=(ov")]
    [InlineData("PREFIX=(ov)@")]
    [InlineData("PREFIX=ov@+")]
    [InlineData("CHANMODES=a,b")]
    [InlineData("NICKLEN=-1")]
    [InlineData("NICKLEN=99999999999")]
    [InlineData("NICKLEN=")]
    [InlineData("CASEMAPPING=klingon")]
    [InlineData("")]
    [InlineData("=x")]
    [InlineData("-")]
    [InlineData(@"X=\x")]
    [InlineData(@"X=\xzz")]
    public void What_makes_no_sense_is_as_if_it_was_not_said(string token)
    {
        _features.Parse(token);
        Before_a_server_has_spoken_the_usual_holds();
    }

    [Fact]
    public void No_more_than_256_are_kept()
    {
        _features.Parse(Enumerable.Range(0, 1000).Select(n => $"F{n}=1"));
        Assert.NotNull(_features["F255"]);
        Assert.Null(_features["F256"]);
    }

    [Theory]
    [InlineData("ascii", "NICK", "nick", true)]
    [InlineData("ascii", "a[", "a{", false)]
    [InlineData("rfc1459", "a[]\\^", "A{}|~", true)]
    [InlineData("strict-rfc1459", "a[]\\", "A{}|", true)]
    [InlineData("strict-rfc1459", "^", "~", false)]
    [InlineData("rfc1459", "é", "É", false)]
    public void Names_are_the_same_by_the_mapping(string mapping, string one, string other, bool isSame)
    {
        IrcCaseMapping names = IrcCaseMapping.Of(mapping);
        Assert.Equal(mapping, names.Name);
        Assert.Equal(isSame, names.Equals(one, other));
        Assert.Equal(isSame, names.GetHashCode(one) == names.GetHashCode(other));
    }
}
