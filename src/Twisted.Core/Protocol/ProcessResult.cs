using System.Text;

namespace Twisted.Internet;

/// <summary>What a process has written, and how it ended.</summary>
/// <param name="OutputBytes">What it wrote to standard output.</param>
/// <param name="ErrorBytes">What it wrote to standard error.</param>
/// <param name="Exit">How it ended; nothing while it runs.</param>
public sealed record ProcessResult(ReadOnlyMemory<byte> OutputBytes, ReadOnlyMemory<byte> ErrorBytes, ProcessExit Exit)
{
    /// <summary>Standard output as UTF-8.</summary>
    public string Output => Encoding.UTF8.GetString(OutputBytes.Span);

    /// <summary>Standard error as UTF-8.</summary>
    public string Errors => Encoding.UTF8.GetString(ErrorBytes.Span);
}
