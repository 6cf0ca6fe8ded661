namespace Twisted.Channels.Flow;

/// <summary>Raises events whose handlers must not harm each other.</summary>
internal static class Event
{
    /// <summary>Calls each handler; what one throws is reported, and the others are called all the same.</summary>
    internal static void Raise<T>(T? handlers, Action<T> raise, Action<Exception> report) where T : Delegate
    {
        if (handlers is null)
            return;
        foreach (T each in Delegate.EnumerateInvocationList(handlers))
        {
            try
            {
                raise(each);
            }
            catch (Exception failure)
            {
                report(failure);
            }
        }
    }
}
