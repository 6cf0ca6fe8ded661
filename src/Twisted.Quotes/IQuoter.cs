namespace Twisted.Quotes;

/// <summary>Gives quotes. Twisted's tutorial: <c>TwistedQuotes.quoteproto.IQuoter</c>.</summary>
/// <remarks>It does not know who asks: a network protocol, a web page, a mail, a program at a terminal.</remarks>
public interface IQuoter
{
    /// <summary>A quote; another one each time, or the same. Its lines are separated by <c>\n</c>.</summary>
    string GetQuote();
}
