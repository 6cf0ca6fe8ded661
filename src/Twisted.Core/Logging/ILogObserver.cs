namespace Twisted.Logging;

/// <summary>Gets every event of a log. Twisted: <c>ILogObserver</c>.</summary>
/// <remarks>
/// It is called on the thread that logs, the reactor's for one, and by several threads at once: it locks what it keeps,
/// and does not wait. Those of this library never throw; another that throws is told of to the others.
/// </remarks>
public interface ILogObserver
{
    /// <summary>Something was logged.</summary>
    /// <param name="logEvent">What.</param>
    void Observe(LogEvent logEvent);
}
