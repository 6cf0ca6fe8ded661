namespace Twisted.Internet;

/// <summary>Makes data by itself until told to pause. Twisted: <c>IPushProducer</c>.</summary>
public interface IPushProducer
{
    /// <summary>The consumer has enough: stop until resumed.</summary>
    void PauseProducing();

    /// <summary>The consumer can take more.</summary>
    void ResumeProducing();

    /// <summary>The consumer is gone: stop for good.</summary>
    void StopProducing();
}
