namespace Twisted.Words;

/// <summary>A question that a server answers in several messages.</summary>
internal interface IIrcQuestion
{
    /// <summary>What it is about, in small letters.</summary>
    string Key { get; }

    void Fail(Exception reason);
}

/// <summary>A question, and what has come of its answer.</summary>
internal sealed class IrcQuestion<T> : IIrcQuestion
{
    private readonly IDelayedCall? _deadline;

    internal IrcQuestion(string key, T answer, IReactorTime? clock, TimeSpan timeout, Action<IIrcQuestion> ended)
    {
        Key = key;
        Answer = answer;
        Asked = new Deferred<T>(_ => ended(this));
        _deadline = clock?.CallLater(timeout, () =>
        {
            ended(this);
            Fail(new TimeoutException($"The server has not answered about '{key}' within {timeout}."));
        });
    }

    public string Key { get; }

    internal T Answer { get; set; }

    internal Deferred<T> Asked { get; }

    public void Fail(Exception reason)
    {
        _deadline?.Cancel();
        if (!Asked.IsFired)
            Asked.Errback(reason);
    }

    internal void Done()
    {
        _deadline?.Cancel();
        if (!Asked.IsFired)
            Asked.Callback(Answer);
    }
}
