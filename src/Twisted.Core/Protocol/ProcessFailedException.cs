namespace Twisted.Internet;

/// <summary>A process did not give what it was run for; see <see cref="ReactorProcessExtensions"/>.</summary>
public sealed class ProcessFailedException : IOException
{
    /// <summary>With what is known of it.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="result">What the process has written so far, and how it ended, if it has.</param>
    public ProcessFailedException(string message, ProcessResult result) : base(message)
    {
        ArgumentNullException.ThrowIfNull(result);
        Result = result;
    }

    /// <summary>What the process has written so far, and how it ended, if it has.</summary>
    public ProcessResult Result { get; }
}
