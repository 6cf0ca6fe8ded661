namespace Twisted.Words;

/// <summary>Questions whose answers come in several messages.</summary>
public abstract partial class IrcClient
{
    private const int MostQuestions = 100;
    private const int MostEntries = 100_000; // of one answer

    private readonly List<IIrcQuestion> _questions = [];

    /// <summary>How long the answer to a question may take. One minute unless overridden; needs a clock.</summary>
    protected virtual TimeSpan QuestionTimeout => TimeSpan.FromMinutes(1);

    /// <summary>Asks who a user is.</summary>
    /// <param name="nickname">The nickname.</param>
    /// <param name="server">Which server shall answer; that of the user knows how long it has been idle.</param>
    /// <returns>
    /// Fails with <see cref="IrcException"/> when there is none, with TimeoutException, and with the reason when the
    /// connection goes.
    /// </returns>
    public Deferred<IrcWhois> Whois(string nickname, string? server = null)
    {
        if (server is null)
            SendCommand("WHOIS", nickname);
        else
            SendCommand("WHOIS", server, nickname);
        return Ask(nickname, new IrcWhois { Nickname = nickname });
    }

    /// <summary>Asks who is in a channel.</summary>
    /// <param name="channel">Its name; a # is put before it when it has no mark.</param>
    /// <returns>The nicknames with the marks of their modes. Fails as <see cref="Whois"/> does.</returns>
    public Deferred<IReadOnlyList<string>> Names(string channel)
    {
        SendCommand("NAMES", Marked(channel));
        return Ask(Marked(channel), new List<string>()).AddCallback(IReadOnlyList<string> (names) => names);
    }

    /// <summary>Asks which channels there are.</summary>
    /// <returns>The first 100,000. Fails as <see cref="Whois"/> does.</returns>
    public Deferred<IReadOnlyList<IrcChannelInfo>> List()
    {
        SendCommand("LIST");
        return Ask("LIST", new List<IrcChannelInfo>()).AddCallback(IReadOnlyList<IrcChannelInfo> (list) => list);
    }

    private Deferred<T> Ask<T>(string about, T answer)
    {
        if (_questions.Count >= MostQuestions)
            return Deferred.Fail<T>(new QueueOverflowException(
                $"{_questions.Count} questions wait for an answer; wait for one of them."));
        var question = new IrcQuestion<T>(Features.CaseMapping.Fold(about), answer, Clock, QuestionTimeout,
            ended => _questions.Remove(ended));
        _questions.Add(question);
        return question.Asked;
    }

    private IrcQuestion<T>? Question<T>(string about)
    {
        string key = Features.CaseMapping.Fold(about);
        foreach (IIrcQuestion question in _questions)
        {
            if (question is IrcQuestion<T> one && one.Key == key)
                return one;
        }
        return null;
    }

    private void Answered<T>(string about)
    {
        if (Question<T>(about) is not { } question)
            return;
        _questions.Remove(question);
        question.Done();
    }

    private void FailQuestions(Exception reason)
    {
        while (_questions is [.., var last])
        {
            _questions.RemoveAt(_questions.Count - 1);
            last.Fail(reason);
        }
    }

    private void Learn(in IrcMessage message, Func<IrcWhois, IrcWhois> learned)
    {
        if (Question<IrcWhois>(Text(message, 1)) is { } question)
            question.Answer = learned(question.Answer);
    }

    [Command("311")]
    private void WhoisUser(in IrcMessage message)
    {
        List<string> texts = Texts(message);
        if (texts.Count >= 6)
            Learn(message, whois => whois with
            {
                Nickname = texts[1],
                UserName = texts[2],
                Host = texts[3],
                RealName = texts[5],
            });
    }

    [Command("312")]
    private void WhoisServer(in IrcMessage message)
    {
        string server = Text(message, 2);
        Learn(message, whois => whois with { Server = server });
    }

    [Command("313")]
    private void WhoisOperator(in IrcMessage message) => Learn(message, whois => whois with { IsOperator = true });

    [Command("317")]
    private void WhoisIdle(in IrcMessage message)
    {
        if (Number(Text(message, 2)) is { } seconds)
            Learn(message, whois => whois with { Idle = TimeSpan.FromSeconds(seconds) });
    }

    [Command("319")]
    private void WhoisChannels(in IrcMessage message)
    {
        string[] channels = Words(Text(message, 2));
        Learn(message, whois => whois.Channels.Count + channels.Length > MostEntries
            ? whois : whois with { Channels = [.. whois.Channels, .. channels] });
    }

    [Command("301")]
    private void WhoisAway(in IrcMessage message)
    {
        string away = Text(message, 2);
        Learn(message, whois => whois with { Away = away });
    }

    [Command("330")]
    private void WhoisAccount(in IrcMessage message)
    {
        string account = Text(message, 2);
        Learn(message, whois => whois with { Account = account });
    }

    [Command("318")]
    private void WhoisEnd(in IrcMessage message) => Answered<IrcWhois>(Text(message, 1));

    [Command("401"), Command("402"), Command("406")]
    private void NoSuchNick(in IrcMessage message)
    {
        if (Question<IrcWhois>(Text(message, 1)) is { } question)
        {
            _questions.Remove(question);
            question.Fail(new IrcException($"There is no '{Text(message, 1)}': {LastText(message)}",
                Decoded(message.Command)));
        }
        else
            UnknownCommand(in message);
    }

    [Command("353")]
    private void NamesHeard(in IrcMessage message)
    {
        if (Question<List<string>>(Text(message, 2)) is { } question && question.Answer.Count < MostEntries)
            question.Answer.AddRange(Words(Text(message, 3)));
    }

    [Command("366")]
    private void NamesEnd(in IrcMessage message) => Answered<List<string>>(Text(message, 1));

    [Command("322")]
    private void ListHeard(in IrcMessage message)
    {
        if (Question<List<IrcChannelInfo>>("LIST") is { } question && question.Answer.Count < MostEntries)
            question.Answer.Add(new IrcChannelInfo(
                Text(message, 1), Number(Text(message, 2)) ?? 0, Text(message, 3)));
    }

    [Command("323")]
    private void ListEnd(in IrcMessage message) => Answered<List<IrcChannelInfo>>("LIST");
}
