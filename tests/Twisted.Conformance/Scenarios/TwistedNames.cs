namespace Twisted.Conformance.Scenarios;

/// <summary>What our exceptions are called in Twisted, for the transcripts.</summary>
public static class TwistedNames
{
    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(ConnectionDoneException)] = "ConnectionDone",
        [typeof(ConnectionLostException)] = "ConnectionLost",
        [typeof(ConnectionAbortedException)] = "ConnectionAborted",
        [typeof(ConnectionRefusedException)] = "ConnectionRefusedError",
        [typeof(ConnectingCancelledException)] = "UserError",
        [typeof(ConnectTimeoutException)] = "TimeoutError",
        [typeof(TimeoutException)] = "TimeoutError",
        [typeof(AlreadyCalledException)] = "AlreadyCalledError",
        [typeof(CancelledException)] = "CancelledError",
        [typeof(DivideByZeroException)] = "ZeroDivisionError",
        [typeof(InvalidOperationException)] = "RuntimeError",
        [typeof(ArgumentNullException)] = "TypeError",
        [typeof(ArgumentOutOfRangeException)] = "AssertionError",
    };

    public static string Of(Exception failure) => Names.GetValueOrDefault(failure.GetType(), failure.GetType().Name);
}
