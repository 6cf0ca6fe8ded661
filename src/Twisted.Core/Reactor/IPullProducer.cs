namespace Twisted.Internet;

/// <summary>Makes one piece of data each time it is asked. Twisted: <c>IPullProducer</c>.</summary>
public interface IPullProducer
{
    /// <summary>Write one piece now.</summary>
    void ResumeProducing();

    /// <summary>The consumer is gone: stop for good.</summary>
    void StopProducing();
}
