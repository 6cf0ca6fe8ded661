using System.Buffers;

namespace Twisted.Internet;

/// <summary>Keeps what a process writes until it ends.</summary>
/// <param name="program">Its name, for errors.</param>
/// <param name="limit">Most bytes that are kept.</param>
/// <param name="refusesErrors">Whether the first byte on standard error is a failure.</param>
/// <param name="errorsToo">Whether standard error is part of the output.</param>
internal sealed class OutputCollector(string program, int limit, bool refusesErrors, bool errorsToo)
    : ProcessProtocol
{
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly ArrayBufferWriter<byte> _errors = new();
    private Deferred<ProcessResult>? _ended;

    /// <summary>Fires when the process has ended. Cancelling kills it.</summary>
    internal Deferred<ProcessResult> Ended => _ended ??= new Deferred<ProcessResult>(_ => Transport.KillIfAlive());

    protected override void ConnectionMade() => Transport.CloseStdin();

    protected override void OutReceived(ReadOnlySpan<byte> data) => Keep(_output, data);

    protected override void ErrReceived(ReadOnlySpan<byte> data)
    {
        Keep(errorsToo ? _output : _errors, data);
        if (refusesErrors && !Ended.IsFired)
        {
            Fail($"{program} wrote to standard error: {Result(default).Errors.Trim()}");
            Transport.LoseConnection();
        }
    }

    protected override void ProcessEnded(Exception reason)
    {
        if (!Ended.IsFired)
            Ended.Callback(Result(ProcessExit.Of(reason)));
    }

    private void Keep(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> data)
    {
        if (Ended.IsFired)
            return;
        int room = limit - _output.WrittenCount - _errors.WrittenCount;
        if (data.Length <= room)
        {
            buffer.Write(data);
            return;
        }
        Fail($"{program} wrote more than {limit} bytes and was killed. Raise the limit, or read what it writes by "
            + "a protocol with SpawnProcess.");
        Transport.KillIfAlive();
        Transport.LoseConnection();
    }

    private void Fail(string message) => Ended.Errback(new ProcessFailedException(message, Result(default)));

    private ProcessResult Result(ProcessExit exit) => new(_output.WrittenMemory, _errors.WrittenMemory, exit);
}
